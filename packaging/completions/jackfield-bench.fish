# Completion of jackfield-bench in fish. Modes and options are read from the program's own --help, so that they are those of the version
# that is installed.

function __jackfield_bench_offer
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l program $words[1]
    set -l before $words[-1]
    set -l joined ""
    if test (count $words) -eq 1; and not string match -q -- '-*' $current
        $program --help 2>/dev/null </dev/null | sed -nE 's/^  ([a-z]+)  +(.*)$/\1\t\2/p'
        return
    end
    if string match -qr -- '^--[a-z-]+=' $current
        set before (string replace -r -- '=.*' '' $current)
        set joined "$before="
    end
    for line in ($program $words[2] --help 2>/dev/null </dev/null | sed -nE 's/^  (-[A-Za-z],)?(--[a-z-]+)( ([A-Z]+))?([ =:].*)?$/\2 \4/p')
        set -l parts (string split ' ' -- $line)
        if test "$parts[1]" = "$before" -a -n "$parts[2]"
            switch $before
                case --content
                    printf '%s\n' $joined{ascii,mixed,json,random}
                case --deflate
                    printf '%s\n' $joined{off,on,no-takeover}
                case --progress
                    printf '%s\n' $joined{line,json}
                case '*'
                    if test "$parts[2]" = FILE
                        set -l stem (string replace -r -- '^--[a-z-]+=' '' $current | string unescape)
                        for path in $stem*
                            test -d $path; and set path $path/
                            echo $joined$path
                        end
                    end
            end
            return
        end
        string match -q -- '-*' $current; and echo $parts[1]
    end
end

complete -c jackfield-bench -f -a '(__jackfield_bench_offer)'
