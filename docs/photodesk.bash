# Completion of photodesk for bash
_photodesk() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]}
    COMPREPLY=()
    if [ "$COMP_CWORD" = 1 ]; then
        mapfile -t COMPREPLY < <(compgen -W "build convert credit inspect preset prune status verify watch withdraw --help --version" -- "$word")
        return
    fi
    case $before in
    -o | --out) mapfile -t COMPREPLY < <(compgen -d -- "$word"); return ;;
    --after) mapfile -t COMPREPLY < <(compgen -W "keep archive" -- "$word"); return ;;
    archive) [ "$command" = watch ] && mapfile -t COMPREPLY < <(compgen -d -- "$word"); return ;;
    -p | --preset | show)
        mapfile -t COMPREPLY < <(compgen -W "$(photodesk preset list 2>/dev/null | cut -d' ' -f1)" -- "$word"; compgen -f -X '!*.preset' -- "$word")
        return ;;
    -j | --jobs | --shard | --credit | --caption | --alt | --settle | --patience | --poll | --hook | --grace | --reason) return ;;
    esac
    case $command:$word in
    build:-*) mapfile -t COMPREPLY < <(compgen -W "--out --preset --jobs --credit --no-credit --force --dry-run --check --explain --shard --depfile --wait --json --quiet --help" -- "$word") ;;
    watch:-*) mapfile -t COMPREPLY < <(compgen -W "--out --preset --jobs --credit --no-credit --settle --patience --poll --after --hook --once --json --quiet --help" -- "$word") ;;
    convert:-*) mapfile -t COMPREPLY < <(compgen -W "--out --credit --no-credit --caption --alt --force --preset --help" -- "$word") ;;
    inspect:-*) mapfile -t COMPREPLY < <(compgen -W "--json --preset --help" -- "$word") ;;
    prune:-*) mapfile -t COMPREPLY < <(compgen -W "--grace --dry-run --json --help" -- "$word") ;;
    withdraw:-*) mapfile -t COMPREPLY < <(compgen -W "--reason --undo --help" -- "$word") ;;
    status:-*) mapfile -t COMPREPLY < <(compgen -W "--json --help" -- "$word") ;;
    verify:-*) mapfile -t COMPREPLY < <(compgen -W "--json --help" -- "$word") ;;
    credit:-*) mapfile -t COMPREPLY < <(compgen -W "--json --preset --help" -- "$word") ;;
    credit:*) return ;;
    build:* | prune:* | status:* | watch:* | withdraw:*) mapfile -t COMPREPLY < <(compgen -d -- "$word") ;;
    preset:*)
        if [ "$COMP_CWORD" = 2 ]; then
            mapfile -t COMPREPLY < <(compgen -W "list show check --help" -- "$word")
        else
            mapfile -t COMPREPLY < <(compgen -f -- "$word")
        fi ;;
    *) mapfile -t COMPREPLY < <(compgen -f -- "$word") ;;
    esac
}
complete -o filenames -F _photodesk photodesk
