package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"strings"

	cosig "github.com/transparency-dev/formats/note"
	"golang.org/x/mod/sumdb/note"
)

// keygen prints a cosigner's secret key, and the public one as a vkey of type 0x04.
func keygen(name string) error {
	secret, public, err := note.GenerateKey(rand.Reader, name)
	if err != nil {
		return err
	}
	if public, err = cosig.VKeyToCosignatureV1(public); err != nil {
		return err
	}
	fmt.Printf("%s\n%s\n", secret, public)
	return nil
}

// cosign has the server publish a cosignature of its checkpoint, and verifies what it serves then.
func cosign(url, vkey, secret string) error {
	key, err := note.NewVerifier(vkey)
	if err != nil {
		return err
	}
	signer, err := cosig.NewSignerForCosignatureV1(secret)
	if err != nil {
		return err
	}
	server := openServed(url)
	now, err := fetchHead(server, key)
	if err != nil {
		return err
	}
	line, err := cosignatureLine(now.note, key, signer)
	if err != nil {
		return err
	}
	var answer struct {
		Checkpoint string `json:"checkpoint"`
	}
	if err := server.post("api/v1/cosignatures", map[string]string{"line": line}, &answer); err != nil {
		return err
	}
	published, err := server.checkpoint()
	if err != nil {
		return err
	}
	if string(published) != answer.Checkpoint {
		return errors.New("the checkpoint that is served is not the one that was answered")
	}
	return findCosignature(published, key, signer)
}

func cosignatureLine(text []byte, key note.Verifier, signer note.Signer) (string, error) {
	opened, err := note.Open(text, note.VerifierList(key))
	if err != nil {
		return "", err
	}
	signed, err := note.Sign(opened, signer)
	if err != nil {
		return "", err
	}
	lines := strings.Split(strings.TrimSuffix(string(signed), "\n"), "\n")
	return lines[len(lines)-1], nil
}

func findCosignature(text []byte, key note.Verifier, signer *cosig.Signer) error {
	opened, err := note.Open(text, note.VerifierList(key, signer.Verifier()))
	if err != nil {
		return err
	}
	for _, signature := range opened.Sigs {
		if signature.Name != signer.Name() {
			continue
		}
		at, err := cosig.CoSigV1Timestamp(signature)
		if err != nil {
			return err
		}
		fmt.Println(at.Unix())
		return nil
	}
	return errors.New("the cosignature is not on the checkpoint")
}
