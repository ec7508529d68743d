package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"time"

	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/tessera/api"
	"github.com/transparency-dev/tessera/client"
	"github.com/transparency-dev/tessera/fsck"
	"golang.org/x/mod/sumdb/note"
)

const fsckLimit = 60 * time.Second

// auditWithTessera does it all again with another client: inclusion, consistency, and a rebuilt tree.
func auditWithTessera(server *served, key note.Verifier, file string, now head) error {
	root, err := url.Parse(server.url + "/")
	if err != nil {
		return err
	}
	fetcher, err := client.NewHTTPFetcher(root, server.client)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), fsckLimit)
	defer cancel()
	if err := tesseraInclusion(ctx, fetcher, now); err != nil {
		return fmt.Errorf("tessera: %w", err)
	}
	if err := tesseraGrowth(ctx, fetcher, key, file); err != nil {
		return fmt.Errorf("tessera: %w", err)
	}
	return tesseraFsck(ctx, fetcher, key)
}

func tesseraInclusion(ctx context.Context, fetcher *client.HTTPFetcher, now head) error {
	size := uint64(now.tree.N)
	builder, err := client.NewProofBuilder(ctx, size, fetcher.ReadTile)
	if err != nil {
		return err
	}
	for index := uint64(0); index < size; index += 1 + size/16 {
		path, err := builder.InclusionProof(ctx, index)
		if err != nil {
			return err
		}
		bundle, err := client.GetEntryBundle(ctx, fetcher.ReadEntryBundle, index/256, size)
		if err != nil {
			return err
		}
		if index%256 >= uint64(len(bundle.Entries)) {
			return fmt.Errorf("bundle %d has %d entries", index/256, len(bundle.Entries))
		}
		leaf := hasher.HashLeaf(bundle.Entries[index%256])
		if err := proof.VerifyInclusion(hasher, index, size, leaf, path, now.tree.Hash[:]); err != nil {
			return fmt.Errorf("entry %d: %w", index, err)
		}
	}
	return nil
}

// tesseraGrowth lets tessera follow the log from the checkpoint of the earlier audit to the one served now.
func tesseraGrowth(ctx context.Context, fetcher *client.HTTPFetcher, key note.Verifier, file string) error {
	earlier, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	consensus := client.UnilateralConsensus(fetcher.ReadCheckpoint)
	tracker, err := client.NewLogStateTracker(ctx, fetcher.ReadTile, earlier, key, key.Name(), consensus)
	if err != nil {
		return err
	}
	_, _, _, err = tracker.Update(ctx)
	return err
}

// tesseraFsck runs beside its time limit, because it waits for ever once every worker has met a bad tile.
func tesseraFsck(ctx context.Context, fetcher *client.HTTPFetcher, key note.Verifier) error {
	done := make(chan error, 1)
	go func() {
		check := fsck.New(key.Name(), key, fetcher, bundleHashes, fsck.Opts{N: 2})
		done <- check.Check(ctx)
	}()
	select {
	case err := <-done:
		if err != nil {
			return fmt.Errorf("fsck of tessera: %w", err)
		}
		return nil
	case <-ctx.Done():
		return errors.New("fsck of tessera did not end in time, as it does when it meets bad tiles")
	}
}

func bundleHashes(text []byte) ([][]byte, error) {
	var bundle api.EntryBundle
	if err := bundle.UnmarshalText(text); err != nil {
		return nil, err
	}
	hashes := make([][]byte, len(bundle.Entries))
	for i, entry := range bundle.Entries {
		hashes[i] = hasher.HashLeaf(entry)
	}
	return hashes, nil
}
