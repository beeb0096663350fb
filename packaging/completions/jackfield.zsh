#compdef jackfield jackfield-terminal
# Completion of jackfield and jackfield-terminal in zsh. Options and commands are read from the program's own --help, so that they are
# those of the version that is installed.

local program=$words[1] before="" command="" line name value says
local -a offered certificate_words commands
local -A value_of
local is_terminal=no
[[ ${program:t} == jackfield-terminal ]] && is_terminal=yes
(( CURRENT > 2 )) && before=$words[CURRENT-1]
[[ $is_terminal == yes ]] && (( CURRENT > 2 )) && command=$words[2]

# The options: a line each, the name, the name of its value, and what it does up to the first stop, with tabs between.
for line in ${(f)"$($program --help 2>/dev/null </dev/null | awk '
    function tell() { if (name != "") { if (match(says, /[.;]( |$)/)) says = substr(says, 1, RSTART - 1); print name "\t" value "\t" says } }
    /^  (-[A-Za-z],)?--/ {
        tell(); rest = $0; sub(/^  (-[A-Za-z],)?/, "", rest); name = rest; sub(/ .*/, "", name); rest = substr(rest, length(name) + 1) " "
        value = ""; if (match(rest, /^ [A-Z][A-Z:]* /)) value = substr(rest, 2, RLENGTH - 2)
        says = substr($0, 30, 1) == " " ? substr($0, 31) : ""; next }
    /^          / { if (says == "") { says = $0; sub(/^ +/, "", says) } }
    END { tell() }')"}; do
    name=${line%%$'\t'*} says=${line##*$'\t'} value=${${line#*$'\t'}%$'\t'*}
    value_of[$name]=$value
    offered+=("${name}:${says//:/\\:}")
done

# --option=value is one word here.
if [[ $words[CURRENT] == --*=* ]]; then
    before=${words[CURRENT]%%=*}
    compset -P '*='
fi
case ${value_of[$before]-} in
    "") ;;
    FILE) _files; return ;;
    DIR) _files -/; return ;;
    *) _message "${value_of[$before]}"; return 1 ;;
esac

if [[ $is_terminal == yes ]]; then
    commands=(${(f)"$($program certificate --help 2>/dev/null </dev/null | sed -nE 's/^jackfield-terminal ([a-z]+)( ([a-z]+))? .*$/\1 \3/p')"})
fi
case $command in
    certificate)
        if (( CURRENT == 3 )); then
            certificate_words=(${${(M)commands:#certificate ?*}#certificate } --config-dir)
            _describe 'what to do' certificate_words
        elif [[ $words[3] == (use|export) ]]; then
            _files
        fi
        return ;;
    trust | untrust)
        if [[ $PREFIX == -* ]]; then
            offered=(--config-dir)
            _describe option offered
        else
            offered=(chromium firefox)
            _describe browser offered
            _files -/
        fi
        return ;;
esac

if [[ $PREFIX == -* ]]; then
    _describe -o option offered
    return
fi
# A project, or at first a command.
if [[ $is_terminal == yes ]] && (( CURRENT == 2 )); then
    offered=(${(u)commands%% *})
    _describe command offered
fi
_files -g '*.jackfield.json'
