package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/transparency-dev/formats/log"
	cosig "github.com/transparency-dev/formats/note"
	proofs "github.com/transparency-dev/formats/proof"
	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

var hasher = rfc6962.DefaultHasher

// auditor checks one directory; roots are those of the checkpoints that were verified.
type auditor struct {
	dir      string
	manifest Manifest
	log      note.Verifier
	cosigner note.Verifier
	roots    map[int64]tlog.Hash
}

func verify(dir string) error {
	text, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil {
		return err
	}
	a := auditor{dir: dir, roots: map[int64]tlog.Hash{}}
	if err := json.Unmarshal(text, &a.manifest); err != nil {
		return err
	}
	if a.log, err = note.NewVerifier(a.manifest.LogKey); err != nil {
		return err
	}
	if a.cosigner, err = cosig.NewVerifierForCosignatureV1(a.manifest.Cosigner); err != nil {
		return err
	}
	for _, tree := range a.manifest.Trees {
		if err := a.tree(tree); err != nil {
			return fmt.Errorf("tree of %d: %w", tree.Size, err)
		}
	}
	for _, wrong := range a.manifest.Malformed {
		if _, err := note.Open([]byte(wrong.Note), note.VerifierList(a.log, a.cosigner)); err == nil {
			return fmt.Errorf("a note was accepted with %s", wrong.Case)
		}
	}
	return nil
}

func (a *auditor) tree(t Tree) error {
	root, err := a.checkpoint(t.Checkpoint, t.Size)
	if err != nil {
		return err
	}
	a.roots[t.Size] = root
	if t.Size == 0 {
		return nil
	}
	hashes := tlog.TileHashReader(tlog.Tree{N: t.Size, Hash: root}, tileFiles{a.dir})
	if err := a.entries(t.Size, hashes); err != nil {
		return err
	}
	for _, claim := range t.Inclusion {
		if err := a.inclusion(t.Size, hashes, claim); err != nil {
			return fmt.Errorf("inclusion of %d: %w", claim.Index, err)
		}
	}
	for _, claim := range t.Consistency {
		if err := a.consistency(t.Size, hashes, claim); err != nil {
			return fmt.Errorf("consistency with %d: %w", claim.OldSize, err)
		}
	}
	return nil
}

// checkpoint verifies a signed note with its cosignature and answers the root.
func (a *auditor) checkpoint(text string, size int64) (tlog.Hash, error) {
	parsed, rest, n, err := log.ParseCheckpoint([]byte(text), a.manifest.Origin, a.log, a.cosigner)
	if err != nil {
		return tlog.Hash{}, err
	}
	if parsed.Size != uint64(size) || len(rest) != 0 || len(n.Sigs) != 2 || len(n.UnverifiedSigs) != 0 {
		return tlog.Hash{}, fmt.Errorf("checkpoint of %d with %d signatures", parsed.Size, len(n.Sigs))
	}
	time, err := cosig.CoSigV1Timestamp(n.Sigs[1])
	if err != nil || time.Unix() != a.manifest.Seconds {
		return tlog.Hash{}, fmt.Errorf("cosigned at %v: %w", time, err)
	}
	return tlog.Hash(parsed.Hash), nil
}

// entries reads every bundle of a tree and compares its entries with the leaf tiles.
func (a *auditor) entries(size int64, hashes tlog.HashReader) error {
	for first := int64(0); first < size; first += 256 {
		width := min(256, size-first)
		bundle, err := readTile(a.dir, tlog.Tile{H: 8, L: -1, N: first / 256, W: int(width)})
		if err != nil {
			return err
		}
		if err := checkBundle(bundle, first, width, hashes); err != nil {
			return err
		}
	}
	return nil
}

func cutEntry(bundle []byte) (entry, rest []byte, err error) {
	if len(bundle) < 2 {
		return nil, nil, errors.New("bundle ends before an entry")
	}
	length := int(binary.BigEndian.Uint16(bundle))
	if len(bundle) < 2+length {
		return nil, nil, errors.New("bundle ends within an entry")
	}
	return bundle[2 : 2+length], bundle[2+length:], nil
}

func (a *auditor) inclusion(size int64, hashes tlog.HashReader, claim Inclusion) error {
	expected, err := tlog.ProveRecord(size, claim.Index, hashes)
	if err != nil {
		return err
	}
	if !equalProofs(expected, claim.Proof) {
		return errors.New("another proof")
	}
	leaf, err := hashes.ReadHashes([]int64{tlog.StoredHashIndex(0, claim.Index)})
	if err != nil {
		return err
	}
	root := a.roots[size]
	if err := tlog.CheckRecord(expected, size, root, claim.Index, leaf[0]); err != nil {
		return err
	}
	index, count := uint64(claim.Index), uint64(size)
	if err := proof.VerifyInclusion(hasher, index, count, leaf[0][:], claim.Proof, root[:]); err != nil {
		return err
	}
	return a.proofFile(claim, size, leaf[0], root)
}

// proofFile verifies the same proof from the file alone.
func (a *auditor) proofFile(claim Inclusion, size int64, leaf, root tlog.Hash) error {
	var file proofs.TLogProof
	if err := file.Unmarshal([]byte(claim.File)); err != nil {
		return err
	}
	signed, err := a.checkpoint(string(file.Checkpoint), size)
	if err != nil {
		return err
	}
	path := make([][]byte, len(file.Hashes))
	for i := range file.Hashes {
		path[i] = file.Hashes[i][:]
	}
	if signed != root || !bytes.Equal(file.Marshal(), []byte(claim.File)) {
		return errors.New("the proof file says something else")
	}
	return proof.VerifyInclusion(hasher, file.Index, uint64(size), leaf[:], path, root[:])
}

func (a *auditor) consistency(size int64, hashes tlog.HashReader, claim Consistency) error {
	old, ok := a.roots[claim.OldSize]
	if !ok {
		return errors.New("no checkpoint of the old size came before")
	}
	root := a.roots[size]
	if claim.OldSize > 0 {
		expected, err := tlog.ProveTree(size, claim.OldSize, hashes)
		if err != nil {
			return err
		}
		if !equalProofs(expected, claim.Proof) {
			return errors.New("another proof")
		}
		if err := tlog.CheckTree(expected, size, root, claim.OldSize, old); err != nil {
			return err
		}
	}
	oldSize, newSize := uint64(claim.OldSize), uint64(size)
	return proof.VerifyConsistency(hasher, oldSize, newSize, claim.Proof, old[:], root[:])
}

func equalProofs(expected []tlog.Hash, claimed [][]byte) bool {
	if len(expected) != len(claimed) {
		return false
	}
	for i := range expected {
		if !bytes.Equal(expected[i][:], claimed[i]) {
			return false
		}
	}
	return true
}
