// Independent code that reads logs written by packages/protocol, and writes logs for it to read.
//
//	interop verify DIR   exits 0 only if everything in DIR holds
//	interop make DIR     writes a log and everything that is claimed about it
//
// DIR holds the static part of a log as in https://c2sp.org/tlog-tiles, and manifest.json.
package main

import (
	"fmt"
	"os"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: interop verify|make DIR")
		os.Exit(2)
	}
	run := map[string]func(string) error{"verify": verify, "make": makeLog}[os.Args[1]]
	if run == nil {
		fmt.Fprintf(os.Stderr, "there is no command %q\n", os.Args[1])
		os.Exit(2)
	}
	if err := run(os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
