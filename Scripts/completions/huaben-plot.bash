# Completion of huaben-plot in bash.

_huaben_plot() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} options
  if ((COMP_CWORD == 1)); then
    mapfile -t COMPREPLY < <(compgen -W 'attention curves surprise --version -h --help' -- "$word")
    return
  fi
  case $before in
    -o | --output)
      mapfile -t COMPREPLY < <(compgen -f -- "$word")
      return ;;
    -n | --sentence) return ;;
  esac
  case ${COMP_WORDS[1]} in
    attention) options='-n --sentence --all' ;;
    curves) options='--updates' ;;
    surprise) options='--html --lines' ;;
  esac
  if [[ $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$options -o --output --version -h --help" -- "$word")
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
  fi
}

complete -o filenames -F _huaben_plot huaben-plot
