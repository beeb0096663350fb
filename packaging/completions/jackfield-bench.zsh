#compdef jackfield-bench
# Completion of jackfield-bench in zsh. Modes and options are read from the program's own --help, so that they are those of the version
# that is installed.

local program=$words[1] before="" line name value
local -a offered mode
local -A value_of
(( CURRENT > 2 )) && before=$words[CURRENT-1] mode=($words[2])

if (( CURRENT == 2 )) && [[ $PREFIX != -* ]]; then
    offered=(${(f)"$($program --help 2>/dev/null </dev/null | sed -nE 's/^  ([a-z]+)  +(.*)$/\1\t\2/p' | sed -E 's/:/\\:/g; s/\t/:/')"})
    _describe mode offered
    return
fi
for line in ${(f)"$($program $mode --help 2>/dev/null </dev/null | sed -nE 's/^  (-[A-Za-z],)?(--[a-z-]+)( ([A-Z]+))?([ =:].*)?$/\2 \4/p')"}; do
    name=${line%% *} value=${line#* }
    value_of[$name]=$value
    offered+=("$name")
done
if [[ $words[CURRENT] == --*=* ]]; then
    before=${words[CURRENT]%%=*}
    compset -P '*='
fi
case $before in
    --content) offered=(ascii mixed json random); _describe content offered; return ;;
    --deflate) offered=(off on no-takeover); _describe how offered; return ;;
    --progress) offered=(line json); _describe form offered; return ;;
esac
case ${value_of[$before]-} in
    "") ;;
    FILE) _files; return ;;
    *) _message "${value_of[$before]}"; return 1 ;;
esac
[[ $PREFIX == -* ]] && _describe -o option offered
