package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

const maxResponse = 64 << 20

// served reads a log over HTTP, and holds its server to https://c2sp.org/tlog-tiles.
type served struct {
	url    string
	client *http.Client
}

func openServed(url string) *served {
	return &served{strings.TrimSuffix(url, "/"), &http.Client{Timeout: 20 * time.Second}}
}

// read answers what stands at a path; os.ErrNotExist only for a 404.
func (s *served) read(path string) ([]byte, http.Header, error) {
	response, err := s.client.Get(s.url + "/" + path)
	if err != nil {
		return nil, nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxResponse))
	switch {
	case err != nil:
		return nil, nil, fmt.Errorf("%s: %w", path, err)
	case response.StatusCode == http.StatusNotFound:
		return nil, nil, fmt.Errorf("%s: %w", path, os.ErrNotExist)
	case response.StatusCode != http.StatusOK:
		return nil, nil, fmt.Errorf("%s: status %d", path, response.StatusCode)
	}
	return body, response.Header, nil
}

func (s *served) checkpoint() ([]byte, error) {
	body, header, err := s.read("checkpoint")
	if err != nil {
		return nil, err
	}
	if strings.Contains(header.Get("Cache-Control"), "immutable") {
		return nil, fmt.Errorf("checkpoint: a cache would keep it for ever")
	}
	if kind := header.Get("Content-Type"); !strings.HasPrefix(kind, "text/plain") {
		return nil, fmt.Errorf("checkpoint: served as %q", kind)
	}
	return body, nil
}

// tile reads a tile or bundle; a partial one may be gone when the full one is there.
func (s *served) tile(t tlog.Tile) ([]byte, error) {
	body, header, err := s.read(tilePath(t))
	if err != nil && t.W < 256 {
		full := t
		full.W = 256
		if body, header, err = s.read(tilePath(full)); err == nil && t.L >= 0 {
			body = body[:min(len(body), 32*t.W)]
		}
	}
	if err != nil {
		return nil, err
	}
	kind, cache := header.Get("Content-Type"), header.Get("Cache-Control")
	isFull := t.L < 0 && t.W == 256 || len(body) == 256*32
	if kind != "application/octet-stream" || isFull && !strings.Contains(cache, "immutable") {
		return nil, fmt.Errorf("%s: served as %q for %q", tilePath(t), kind, cache)
	}
	return body, nil
}

// post sends JSON and answers JSON.
func (s *served) post(path string, value, answer any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	response, err := s.client.Post(s.url+"/"+path, "application/json", bytes.NewReader(text))
	if err != nil {
		return err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxResponse))
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: status %d: %s", path, response.StatusCode, body)
	}
	return json.Unmarshal(body, answer)
}

// served is a tlog.TileReader.
func (*served) Height() int                     { return 8 }
func (*served) SaveTiles([]tlog.Tile, [][]byte) {}

func (s *served) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, t := range tiles {
		body, err := s.tile(t)
		if err != nil {
			return nil, err
		}
		data[i] = body
	}
	return data, nil
}
