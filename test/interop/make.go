package main

import (
	"crypto/rand"
	"encoding/binary"
	"encoding/json"
	"os"
	"path/filepath"

	cosig "github.com/transparency-dev/formats/note"
	proofs "github.com/transparency-dev/formats/proof"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const origin = "go.example/0123456789abcdef"

var sizes = []int64{0, 1, 2, 255, 256, 257, 511, 512, 65535, 65536, 65537, 70000}

// maker grows a log in memory and writes what a static server would serve.
type maker struct {
	dir      string
	log      note.Signer
	cosigner note.Signer
	hashes   []tlog.Hash
	entries  [][]byte
}

func makeLog(dir string) error {
	logSecret, logKey, err := note.GenerateKey(rand.Reader, origin)
	if err != nil {
		return err
	}
	cosignerSecret, cosignerKey, err := note.GenerateKey(rand.Reader, origin+"/node/go")
	if err != nil {
		return err
	}
	if cosignerKey, err = cosig.VKeyToCosignatureV1(cosignerKey); err != nil {
		return err
	}
	m := maker{dir: dir}
	if m.log, err = note.NewSigner(logSecret); err != nil {
		return err
	}
	if m.cosigner, err = cosig.NewSignerForCosignatureV1(cosignerSecret); err != nil {
		return err
	}
	manifest := Manifest{Origin: origin, LogKey: logKey, Cosigner: cosignerKey}
	for _, size := range sizes {
		tree, err := m.grow(size)
		if err != nil {
			return err
		}
		manifest.Trees = append(manifest.Trees, tree)
	}
	text, err := json.Marshal(manifest)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "manifest.json"), text, 0o644)
}

func (m *maker) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		found[i] = m.hashes[index]
	}
	return found, nil
}

// entry is empty, as long as an entry can be, or the index.
func entry(index int64) []byte {
	switch index {
	case 1:
		return nil
	case 300:
		return make([]byte, 65535)
	default:
		return binary.BigEndian.AppendUint64(nil, uint64(index))
	}
}

// grow appends entries up to a size, writes the tiles and bundles that changed, and proves.
func (m *maker) grow(size int64) (Tree, error) {
	old := int64(len(m.entries))
	for index := old; index < size; index++ {
		m.entries = append(m.entries, entry(index))
		added, err := tlog.StoredHashes(index, entry(index), m)
		if err != nil {
			return Tree{}, err
		}
		m.hashes = append(m.hashes, added...)
	}
	for _, tile := range tlog.NewTiles(8, old, size) {
		if err := m.write(tile); err != nil {
			return Tree{}, err
		}
	}
	return m.prove(old, size)
}

// write writes a tile and, beside a leaf tile, its bundle.
func (m *maker) write(tile tlog.Tile) error {
	data, err := tlog.ReadTileData(tile, m)
	if err != nil {
		return err
	}
	if err := writeTile(m.dir, tile, data); err != nil || tile.L > 0 {
		return err
	}
	var bundle []byte
	for _, entry := range m.entries[256*tile.N : 256*tile.N+int64(tile.W)] {
		bundle = binary.BigEndian.AppendUint16(bundle, uint16(len(entry)))
		bundle = append(bundle, entry...)
	}
	tile.L = -1
	return writeTile(m.dir, tile, bundle)
}

func (m *maker) prove(old, size int64) (Tree, error) {
	tree := Tree{Size: size}
	root, err := tlog.TreeHash(size, m)
	if err != nil {
		return tree, err
	}
	text := origin + "\n" + string(tlog.FormatTree(tlog.Tree{N: size, Hash: root})[len("go.sum database tree\n"):])
	signed, err := note.Sign(&note.Note{Text: text}, m.log, m.cosigner)
	if err != nil {
		return tree, err
	}
	tree.Checkpoint = string(signed)
	if old > 0 {
		proof, err := tlog.ProveTree(size, old, m)
		if err != nil {
			return tree, err
		}
		tree.Consistency = []Consistency{{OldSize: old, Proof: toBytes(proof)}}
	}
	for _, index := range []int64{0, 1, 254, 255, 256, 300, size / 2, size - 1} {
		if index < 0 || index >= size {
			continue
		}
		proof, err := tlog.ProveRecord(size, index, m)
		if err != nil {
			return tree, err
		}
		file := proofs.TLogProof{Index: uint64(index), Checkpoint: signed}
		for _, hash := range proof {
			file.Hashes = append(file.Hashes, hash)
		}
		claim := Inclusion{Index: index, Proof: toBytes(proof), File: string(file.Marshal())}
		tree.Inclusion = append(tree.Inclusion, claim)
	}
	return tree, nil
}

func toBytes(hashes []tlog.Hash) [][]byte {
	bytes := make([][]byte, len(hashes))
	for i := range hashes {
		bytes[i] = hashes[i][:]
	}
	return bytes
}
