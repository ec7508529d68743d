/**
 * What the script for bash asks of the package bash-completion, for machines without it (Debian's minimal images, macOS):
 * the words up to the cursor, in the variables that its caller has made local.
 * https://github.com/scop/bash-completion, `_get_comp_words_by_ref`
 */
export const bashWords = `# The words up to the cursor, where the package bash-completion is not there to tell them
if ! declare -F _get_comp_words_by_ref >/dev/null; then
    _get_comp_words_by_ref() {
        cword=$COMP_CWORD
        words=("\${COMP_WORDS[@]:0:cword+1}")
        cur=\${words[cword]}
        prev=\${words[cword-1]}
    }
fi
`;
