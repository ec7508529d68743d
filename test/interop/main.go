// Independent code that reads logs written by packages/protocol, writes logs for it to read, and audits a running
// block-manager.
//
//	interop verify DIR              exits 0 only if everything in DIR holds
//	interop make DIR                writes a log and everything that is claimed about it
//	interop audit URL KEY FILE      audits the log at URL, also against the checkpoint in FILE, and keeps the new one there
//	interop keygen NAME             prints the secret and the public key of a cosigner
//	interop cosign URL KEY SECRET   cosigns the checkpoint at URL, and finds the cosignature on the one served next
//
// DIR holds the static part of a log as in https://c2sp.org/tlog-tiles, and manifest.json. KEY is the log's, as a vkey.
package main

import (
	"fmt"
	"os"
)

type command struct {
	arguments int
	run       func([]string) error
}

var commands = map[string]command{
	"verify": {1, func(args []string) error { return verify(args[0]) }},
	"make":   {1, func(args []string) error { return makeLog(args[0]) }},
	"audit":  {3, func(args []string) error { return audit(args[0], args[1], args[2]) }},
	"keygen": {1, func(args []string) error { return keygen(args[0]) }},
	"cosign": {3, func(args []string) error { return cosign(args[0], args[1], args[2]) }},
}

func main() {
	if len(os.Args) < 2 {
		usage("there is no command")
	}
	called, args := commands[os.Args[1]], os.Args[2:]
	if called.run == nil || len(args) != called.arguments {
		usage(fmt.Sprintf("there is no command %q with %d arguments", os.Args[1], len(args)))
	}
	if err := called.run(args); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func usage(problem string) {
	fmt.Fprintln(os.Stderr, problem)
	fmt.Fprintln(os.Stderr, "usage: interop verify|make DIR | audit URL KEY FILE | keygen NAME | cosign URL KEY SECRET")
	os.Exit(2)
}
