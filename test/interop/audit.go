package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"

	"github.com/transparency-dev/formats/log"
	proofs "github.com/transparency-dev/formats/proof"
	"github.com/transparency-dev/merkle/proof"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// head is a checkpoint that was verified, as served.
type head struct {
	note []byte
	tree tlog.Tree
}

// audit checks the log at an address as it is now, and that it extends what the file holds of an earlier audit.
func audit(url, vkey, file string) error {
	key, err := note.NewVerifier(vkey)
	if err != nil {
		return err
	}
	server := openServed(url)
	now, err := fetchHead(server, key)
	if err != nil {
		return err
	}
	hashes := tlog.TileHashReader(now.tree, server)
	if err := auditEntries(server, now.tree.N, hashes); err != nil {
		return err
	}
	if err := auditProofs(server, key, now.tree, hashes); err != nil {
		return err
	}
	if err := auditGrowth(file, key, now, hashes); err != nil {
		return err
	}
	if err := auditWithTessera(server, key, file, now); err != nil {
		return err
	}
	fmt.Println(now.tree.N)
	return os.WriteFile(file, now.note, 0o644)
}

// fetchHead reads a checkpoint by two implementations of signed notes.
func fetchHead(server *served, key note.Verifier) (head, error) {
	text, err := server.checkpoint()
	if err != nil {
		return head{}, err
	}
	return openHead(text, key)
}

func openHead(text []byte, key note.Verifier) (head, error) {
	opened, err := note.Open(text, note.VerifierList(key))
	if err != nil {
		return head{}, err
	}
	parsed, rest, _, err := log.ParseCheckpoint(text, key.Name(), key)
	if err != nil {
		return head{}, err
	}
	if len(rest) != 0 || !bytes.Equal(parsed.Marshal(), []byte(opened.Text)) {
		return head{}, fmt.Errorf("checkpoint: more than origin, size and root: %q", opened.Text)
	}
	return head{text, tlog.Tree{N: int64(parsed.Size), Hash: tlog.Hash(parsed.Hash)}}, nil
}

// auditEntries reads every bundle and compares its entries with the tree.
func auditEntries(server *served, size int64, hashes tlog.HashReader) error {
	for first := int64(0); first < size; first += 256 {
		width := min(256, size-first)
		bundle, err := server.tile(tlog.Tile{H: 8, L: -1, N: first / 256, W: int(width)})
		if err != nil {
			return err
		}
		if err := checkBundle(bundle, first, width, hashes); err != nil {
			return err
		}
	}
	return nil
}

// checkBundle compares the entries of a bundle with the leaf tiles.
func checkBundle(bundle []byte, first, width int64, hashes tlog.HashReader) error {
	indexes := make([]int64, width)
	for i := range indexes {
		indexes[i] = tlog.StoredHashIndex(0, first+int64(i))
	}
	leaves, err := hashes.ReadHashes(indexes)
	if err != nil {
		return err
	}
	for i, leaf := range leaves {
		entry, rest, err := cutEntry(bundle)
		if err != nil || tlog.RecordHash(entry) != leaf {
			return fmt.Errorf("entry %d is not the leaf: %w", first+int64(i), err)
		}
		bundle = rest
	}
	if len(bundle) != 0 {
		return fmt.Errorf("bundle %d is too long", first/256)
	}
	return nil
}

// auditProofs asks the server to prove some entries, and holds each file against its own checkpoint.
func auditProofs(server *served, key note.Verifier, tree tlog.Tree, hashes tlog.HashReader) error {
	for _, index := range []int64{0, 1, 255, 256, tree.N / 2, tree.N - 1} {
		if index < 0 || index >= tree.N {
			continue
		}
		leaf, err := hashes.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
		if err != nil {
			return err
		}
		text, _, err := server.read(fmt.Sprintf("api/v1/blocks/%d/proof?format=tlog-proof", index))
		if err != nil {
			return err
		}
		if err := checkProofFile(text, key, index, leaf[0]); err != nil {
			return fmt.Errorf("proof of entry %d: %w", index, err)
		}
	}
	return nil
}

func checkProofFile(text []byte, key note.Verifier, index int64, leaf tlog.Hash) error {
	var file proofs.TLogProof
	if err := file.Unmarshal(text); err != nil {
		return err
	}
	if file.Index != uint64(index) || !bytes.Equal(file.Marshal(), text) {
		return errors.New("the proof file says something else")
	}
	signed, err := openHead(file.Checkpoint, key)
	if err != nil {
		return err
	}
	path, raw := make(tlog.RecordProof, len(file.Hashes)), make([][]byte, len(file.Hashes))
	for i := range file.Hashes {
		path[i], raw[i] = file.Hashes[i], file.Hashes[i][:]
	}
	if err := tlog.CheckRecord(path, signed.tree.N, signed.tree.Hash, index, leaf); err != nil {
		return err
	}
	return proof.VerifyInclusion(hasher, file.Index, uint64(signed.tree.N), leaf[:], raw, signed.tree.Hash[:])
}

// auditGrowth checks that the tree extends the one of an earlier audit, if there was one.
func auditGrowth(file string, key note.Verifier, now head, hashes tlog.HashReader) error {
	text, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	earlier, err := openHead(text, key)
	if err != nil {
		return err
	}
	if earlier.tree.N == 0 {
		return nil
	}
	path, err := tlog.ProveTree(now.tree.N, earlier.tree.N, hashes)
	if err != nil {
		return err
	}
	if err := tlog.CheckTree(path, now.tree.N, now.tree.Hash, earlier.tree.N, earlier.tree.Hash); err != nil {
		return fmt.Errorf("consistency of %d with %d: %w", now.tree.N, earlier.tree.N, err)
	}
	return nil
}
