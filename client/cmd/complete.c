/* SPDX-License-Identifier: Apache-2.0 */
#include "client/cli/complete.h"
#include "client/cmd/cmd.h"

#include <string.h>

static const struct script {
    const char *shell, *text;
} scripts[] = {
    { "bash", "# bash completion for sme-ctl\n"
              "_sme_ctl()\n"
              "{\n"
              "    local IFS=$'\\n' words=(\"${COMP_WORDS[@]:1:COMP_CWORD}\")\n"
              "    local found=$(\"${COMP_WORDS[0]}\" complete -- \"${words[@]}\" 2>/dev/null)\n"
              "    COMPREPLY=($(cut -f1 <<<\"$found\"))\n"
              "}\n"
              "complete -o default -F _sme_ctl sme-ctl\n" },
    { "zsh", "#compdef sme-ctl\n"
             "# zsh completion for sme-ctl\n"
             "local -a given=(\"${(@)words[2,CURRENT]}\") found\n"
             "found=(\"${(@f)$(${words[1]} complete -- \"${(@)given}\" 2>/dev/null)}\")\n"
             "found=(\"${(@)found//:/\\\\:}\")\n"
             "found=(\"${(@)found/$'\\t'/:}\")\n"
             "if [[ -n ${found[1]} ]]; then _describe sme-ctl found; else _files; fi\n" },
    { "fish", "# fish completion for sme-ctl\n"
              "function __sme_ctl_complete\n"
              "    set -l words (commandline -opc) (commandline -ct)\n"
              "    $words[1] complete -- $words[2..-1] 2>/dev/null\n"
              "end\n"
              "complete -c sme-ctl -a '(__sme_ctl_complete)'\n" },
};

int cmd_complete_run(struct client *c, struct args *args, struct err *e)
{
    (void)e;
    bool marked = args->n_words > 0 && strcmp(args->words[0], "--") == 0;
    complete_words(c, args->words + marked, args->n_words - marked);
    return OK;
}

int cmd_complete_script(struct client *c, struct args *args, struct err *e)
{
    for (size_t i = 0; args->n_words == 1 && i < sizeof scripts / sizeof scripts[0]; i++)
        if (strcmp(scripts[i].shell, args->words[0]) == 0) {
            buf_text(&c->out.b, scripts[i].text);
            return OK;
        }
    return err_set(e, ERR_NO_METHOD, NULL, "missing shell: bash, zsh or fish");
}
