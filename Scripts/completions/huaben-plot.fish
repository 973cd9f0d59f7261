# Completion of huaben-plot in fish.

set -l pictures attention curves surprise
set -l within __fish_seen_subcommand_from
complete -c huaben-plot -n "not $within $pictures" -f
complete -c huaben-plot -n "not $within $pictures" -a attention \
    -d 'What each token written looked at in the source.'
complete -c huaben-plot -n "not $within $pictures" -a curves \
    -d 'Held-out bits per character as training goes on.'
complete -c huaben-plot -n "not $within $pictures" -a surprise \
    -d 'A text, each token coloured by its bits.'
complete -c huaben-plot -n "$within attention" -s n -l sentence -x \
    -d 'Draw this sentence, counted from 1.'
complete -c huaben-plot -n "$within attention" -l all -d 'Draw every sentence, into numbered files.'
complete -c huaben-plot -n "$within curves" -l updates -d 'Against updates, not against time.'
complete -c huaben-plot -n "$within surprise" -l html -d 'Write a page of HTML.'
complete -c huaben-plot -n "$within surprise" -l lines -d 'Begin a line with every sentence.'
complete -c huaben-plot -n "$within $pictures" -s o -l output -rF \
    -d 'Write to this file, which appears when it is whole.'
complete -c huaben-plot -l version -d 'Show the version.'
complete -c huaben-plot -s h -l help -d 'Show help information.'
