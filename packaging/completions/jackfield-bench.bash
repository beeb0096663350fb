# Completion of jackfield-bench in bash. Modes and options are read from the program's own --help, so that they are those of the version
# that is installed.

_jackfield_bench_offer() {
    mapfile -t COMPREPLY < <(compgen "$@" -- "$current")
}

_jackfield_bench() {
    local program="$1" current="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD - 1]}" name value options
    COMPREPLY=()
    if [[ $COMP_CWORD -eq 1 && $current != -* ]]; then
        _jackfield_bench_offer -W "$("$program" --help 2>/dev/null </dev/null | sed -nE 's/^  ([a-z]+)  .*$/\1/p')"
        return
    fi
    # --option=value comes in three words.
    if [[ $current == "=" ]]; then
        current=""
    elif [[ $before == "=" && $COMP_CWORD -ge 2 ]]; then
        before="${COMP_WORDS[COMP_CWORD - 2]}"
    fi
    local mode=()
    [[ $COMP_CWORD -gt 1 ]] && mode=("${COMP_WORDS[1]}")
    # The options: a line each, the name, a space, and the name of its value if it has one.
    options="$("$program" "${mode[@]}" --help 2>/dev/null </dev/null | sed -nE 's/^  (-[A-Za-z],)?(--[a-z-]+)( ([A-Z]+))?([ =:].*)?$/\2 \4/p')"
    while read -r name value; do
        [[ $name == "$before" && -n $value ]] || continue
        case "$name" in
            --content) _jackfield_bench_offer -W "ascii mixed json random" ;;
            --deflate) _jackfield_bench_offer -W "off on no-takeover" ;;
            --progress) _jackfield_bench_offer -W "line json" ;;
            *) [[ $value == FILE ]] && compopt -o filenames 2>/dev/null; [[ $value == FILE ]] && _jackfield_bench_offer -f ;;
        esac
        return
    done <<<"$options"
    if [[ $current == -* ]]; then
        _jackfield_bench_offer -W "${options//[A-Z]/}"
    fi
}

complete -F _jackfield_bench jackfield-bench
