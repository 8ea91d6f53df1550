# SPDX-FileCopyrightText: 2026 The Terrarium authors
# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of terrariumctl for fish; belongs into /usr/share/fish/vendor_completions.d.

set -l verbs create list show exec shell cp pause resume rm update fork snapshot ports logs template doctor engine env mcp
complete -c terrariumctl -f -n "not __fish_seen_subcommand_from $verbs" -a "$verbs"
complete -c terrariumctl -f -n '__fish_seen_subcommand_from show exec shell pause resume rm update ports fork logs' -a '(terrariumctl __complete sandboxes 2>/dev/null)'
complete -c terrariumctl -n '__fish_seen_subcommand_from cp' -a '(terrariumctl __complete sandboxes 2>/dev/null | string replace -r "\$" ":")'
complete -c terrariumctl -f -n '__fish_seen_subcommand_from engine' -a 'start stop status'
complete -c terrariumctl -f -n '__fish_seen_subcommand_from template' -a 'list build (terrariumctl __complete templates 2>/dev/null)'
complete -c terrariumctl -n '__fish_seen_subcommand_from env' -l shell -x -a 'bash fish json'
complete -c terrariumctl -l json -d 'Print results and problems as JSON'
complete -c terrariumctl -l template -s t -x -a '(terrariumctl __complete templates 2>/dev/null)'
