# Completion of jackfield and jackfield-terminal in bash. Options and commands are read from the program's own --help, so that they are
# those of the version that is installed.

# The options of program $1: a line each, the name, a space, and the name of its value if it has one.
_jackfield_options() {
    "$1" --help 2>/dev/null </dev/null | sed -nE 's/^  (-[A-Za-z],)?(--[a-z-]+)( ([A-Z][A-Z:]*))?( .*)?$/\2 \4/p'
}

# What program $1 can do instead of serving: a line each, the command and perhaps the word behind it.
_jackfield_commands() {
    "$1" certificate --help 2>/dev/null </dev/null | sed -nE 's/^jackfield-terminal ([a-z]+)( ([a-z]+))? .*$/\1 \3/p'
}

# Offers words or names of files; $1: what compgen is told.
_jackfield_offer() {
    mapfile -t COMPREPLY < <(compgen "$@" -- "$current")
}

_jackfield() {
    local program="$1" current="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD - 1]}" name value options
    local command="" word="" is_terminal=no
    COMPREPLY=()
    [[ ${program##*/} == jackfield-terminal ]] && is_terminal=yes
    # --option=value comes in three words.
    if [[ $current == "=" ]]; then
        current=""
    elif [[ $before == "=" && $COMP_CWORD -ge 2 ]]; then
        before="${COMP_WORDS[COMP_CWORD - 2]}"
    fi
    [[ $is_terminal == yes && $COMP_CWORD -ge 2 ]] && command="${COMP_WORDS[1]}"

    options="$(_jackfield_options "$program")"
    while read -r name value; do
        [[ $name == "$before" && -n $value ]] || continue
        case "$value" in
            FILE) compopt -o filenames 2>/dev/null; _jackfield_offer -f ;;
            DIR) compopt -o filenames 2>/dev/null; _jackfield_offer -d ;;
        esac
        return
    done <<<"$options"

    case "$command" in
        certificate)
            if [[ $COMP_CWORD -eq 2 ]]; then
                word="$(_jackfield_commands "$program" | sed -n 's/^certificate //p')"
                _jackfield_offer -W "$word --config-dir"
            else
                compopt -o filenames 2>/dev/null
                case "${COMP_WORDS[2]}" in use | export) _jackfield_offer -f ;; esac
            fi
            return ;;
        trust | untrust)
            if [[ $current == -* ]]; then
                _jackfield_offer -W "--config-dir"
            else
                compopt -o filenames 2>/dev/null
                _jackfield_offer -d -W "chromium firefox"
            fi
            return ;;
    esac

    if [[ $current == -* ]]; then
        _jackfield_offer -W "$(while read -r name value; do echo "$name"; done <<<"$options")"
        return
    fi
    # A project, or at first a command.
    compopt -o filenames 2>/dev/null
    [[ $is_terminal == yes && $COMP_CWORD -eq 1 ]] && word="$(_jackfield_commands "$program" | cut -d' ' -f1 | sort -u)"
    _jackfield_offer -o plusdirs -f -X '!*.jackfield.json'
    [[ -n $word ]] && mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "$word" -- "$current")
    return 0
}

complete -F _jackfield jackfield jackfield-terminal
