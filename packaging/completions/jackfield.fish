# Completion of jackfield and jackfield-terminal in fish. Options and commands are read from the program's own --help, so that they are
# those of the version that is installed.

# The options of the program: a line each, the name, the name of its value, and what it does up to the first stop, with tabs between.
function __jackfield_options
    $argv[1] --help 2>/dev/null </dev/null | awk '
        function tell() { if (name != "") { if (match(says, /[.;]( |$)/)) says = substr(says, 1, RSTART - 1); print name "\t" value "\t" says } }
        /^  (-[A-Za-z],)?--/ {
            tell(); rest = $0; sub(/^  (-[A-Za-z],)?/, "", rest); name = rest; sub(/ .*/, "", name); rest = substr(rest, length(name) + 1) " "
            value = ""; if (match(rest, /^ [A-Z][A-Z:]* /)) value = substr(rest, 2, RLENGTH - 2)
            says = substr($0, 30, 1) == " " ? substr($0, 31) : ""; next }
        /^          / { if (says == "") { says = $0; sub(/^ +/, "", says) } }
        END { tell() }'
end

# What the program can do instead of serving: a line each, the command and perhaps the word behind it.
function __jackfield_commands
    $argv[1] certificate --help 2>/dev/null </dev/null | sed -nE 's/^jackfield-terminal ([a-z]+)( ([a-z]+))? .*$/\1 \3/p'
end

# The folders and the files with one of these ends ("" for all) that the word can become.
function __jackfield_paths
    set -l stem (commandline -ct | string unescape)
    # --option=value is one word.
    set stem (string replace -r -- '^--[a-z-]+=' '' $stem)
    for path in $stem*/
        echo $path
    end
    for end in $argv
        for path in $stem*$end
            test -d $path; or echo $path
        end
    end
end

function __jackfield_offer
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l program $words[1]
    set -l before $words[-1]
    set -l joined ""
    if string match -qr -- '^--[a-z-]+=' $current
        set before (string replace -r -- '=.*' '' $current)
        set joined "$before="
    end
    set -l is_terminal (string match -r -- 'jackfield-terminal$' $program)
    set -l options (__jackfield_options $program)
    for line in $options
        set -l parts (string split \t -- $line)
        if test "$parts[1]" = "$before" -a -n "$parts[2]"
            switch $parts[2]
                case FILE
                    printf '%s\n' $joined(__jackfield_paths "")
                case DIR
                    printf '%s\n' $joined(__jackfield_paths)
            end
            return
        end
    end
    if test -n "$is_terminal" -a (count $words) -ge 2
        switch $words[2]
            case certificate
                if test (count $words) -eq 2
                    __jackfield_commands $program | sed -n 's/^certificate \(..*\)/\1/p'
                    echo --config-dir
                else if contains -- "$words[3]" use export
                    __jackfield_paths ""
                end
                return
            case trust untrust
                if string match -q -- '-*' $current
                    echo --config-dir
                else
                    printf '%s\n' chromium firefox
                    __jackfield_paths
                end
                return
        end
    end
    if string match -q -- '-*' $current
        string replace -r -- '\t[^\t]*\t' \t $options
        return
    end
    # A project, or at first a command.
    if test -n "$is_terminal" -a (count $words) -eq 1
        __jackfield_commands $program | string replace -r ' .*' '' | sort -u
    end
    __jackfield_paths .jackfield.json
end

for program in jackfield jackfield-terminal
    complete -c $program -f -a '(__jackfield_offer)'
end
