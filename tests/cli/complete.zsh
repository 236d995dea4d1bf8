# zsh -f complete.zsh SCRIPT LINE: prints what an interactive zsh makes of a command line when the
# tabulator key is pressed at its end. SCRIPT is what `spfcheck completion zsh` prints.
zmodload zsh/zpty || exit 2
TERM=dumb zpty shell zsh -f -i
zpty -w shell "PS1= PS2= RPS1=; autoload -Uz compinit; compinit -D -u; source ${(q)1}"
zpty -w shell 'report() { print -r -- "<""<$BUFFER>"">"; }; zle -N report; bindkey "^X" report'
zpty -w shell 'bindkey "^I" complete-word; print re""ady'
zpty -r -m shell text '*ready*'
zpty -n -w shell "$2"$'\t\x18'
zpty -r -m shell text '*<<*>>*'
print -r -- ${${text##*<<}%%>>*}
zpty -d shell
