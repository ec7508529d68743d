package main

import (
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// Manifest is what is claimed about a log: bytes as base64, keys as vkeys.
type Manifest struct {
	Origin    string  `json:"origin"`
	LogKey    string  `json:"log_key"`
	Cosigner  string  `json:"cosigner"`
	Seconds   int64   `json:"seconds"`
	Trees     []Tree  `json:"trees"`
	Malformed []Wrong `json:"malformed"`
}

// Tree is the log at one size.
type Tree struct {
	Size        int64         `json:"size"`
	Checkpoint  string        `json:"checkpoint"`
	Inclusion   []Inclusion   `json:"inclusion"`
	Consistency []Consistency `json:"consistency"`
}

// Inclusion is a proof that an entry is in the tree; File is the same as a tlog-proof.
type Inclusion struct {
	Index int64    `json:"index"`
	Proof [][]byte `json:"proof"`
	File  string   `json:"file"`
}

// Consistency is a proof that an earlier tree is a prefix.
type Consistency struct {
	OldSize int64    `json:"old_size"`
	Proof   [][]byte `json:"proof"`
}

// Wrong is a note that must be refused.
type Wrong struct {
	Case string `json:"case"`
	Note string `json:"note"`
}

// tilePath is where a tile stands in a log of https://c2sp.org/tlog-tiles: package tlog writes the height as well, and
// calls bundles data.
func tilePath(t tlog.Tile) string {
	path := strings.TrimPrefix(t.Path(), "tile/8/")
	return "tile/" + strings.Replace(path, "data/", "entries/", 1)
}

func readTile(dir string, t tlog.Tile) ([]byte, error) {
	return os.ReadFile(filepath.Join(dir, filepath.FromSlash(tilePath(t))))
}

func writeTile(dir string, t tlog.Tile, data []byte) error {
	path := filepath.Join(dir, filepath.FromSlash(tilePath(t)))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o644)
}

// tileFiles is a tlog.TileReader over a directory.
type tileFiles struct{ dir string }

func (tileFiles) Height() int                     { return 8 }
func (tileFiles) SaveTiles([]tlog.Tile, [][]byte) {}

func (f tileFiles) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, t := range tiles {
		bytes, err := readTile(f.dir, t)
		if err != nil {
			return nil, err
		}
		data[i] = bytes
	}
	return data, nil
}
