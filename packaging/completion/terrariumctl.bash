# SPDX-FileCopyrightText: 2026 The Terrarium authors
# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of terrariumctl for bash; belongs into /usr/share/bash-completion/completions/terrariumctl.

_terrariumctl() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} verb='' word
  local verbs='create list show exec shell cp pause resume rm update fork snapshot ports logs template doctor engine env mcp'
  COMPREPLY=()
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    [[ $word == -- ]] && return
    [[ -z $verb && " $verbs " == *" $word "* ]] && verb=$word
  done
  case $previous in
    --template | -t)
      mapfile -t COMPREPLY < <(compgen -W "$(terrariumctl __complete templates 2>/dev/null)" -- "$current")
      return
      ;;
    --shell)
      mapfile -t COMPREPLY < <(compgen -W 'bash fish json' -- "$current")
      return
      ;;
    --status)
      mapfile -t COMPREPLY < <(compgen -W 'active paused resuming failed' -- "$current")
      return
      ;;
    --env-file)
      mapfile -t COMPREPLY < <(compgen -f -- "$current")
      return
      ;;
  esac
  if [[ $current == -* ]]; then
    local options='--help --json --engine --api-key'
    case $verb in
      create) options+=' --name --template --timeout --auto-delete --tag --env --env-file --allow --deny --secret' ;;
      list) options+=' --tag --status --name --quiet' ;;
      exec) options+=' --env --cwd --timeout --stdin --no-stdin' ;;
      cp) options+=' --zip' ;;
      env) options+=' --shell' ;;
      rm) options+=' --all --yes' ;;
      update) options+=' --tag --untag --allow --deny --open --timeout --auto-delete' ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
    return
  fi
  case $verb in
    '') mapfile -t COMPREPLY < <(compgen -W "$verbs" -- "$current") ;;
    show | exec | shell | pause | resume | rm | update | ports | fork | logs)
      mapfile -t COMPREPLY < <(compgen -W "$(terrariumctl __complete sandboxes 2>/dev/null)" -- "$current")
      ;;
    cp)
      mapfile -t COMPREPLY < <(compgen -S : -W "$(terrariumctl __complete sandboxes 2>/dev/null)" -- "$current"; compgen -f -- "$current")
      compopt -o nospace
      ;;
    engine) mapfile -t COMPREPLY < <(compgen -W 'start stop status' -- "$current") ;;
    template)
      if [[ $previous == build ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(terrariumctl __complete templates 2>/dev/null)" -- "$current")
      else
        mapfile -t COMPREPLY < <(compgen -W 'list build' -- "$current")
      fi
      ;;
  esac
}
complete -F _terrariumctl terrariumctl
