#!/usr/bin/env bash
# Fills the corpus of each target with the examples of the rules and the data of the examples. Every target
# takes the first bytes of an input for sizes: some of each go in front.
set -euo pipefail
cd "$(dirname "$0")"

files=(../crates/ims-enterprise/rules/*.xml)
while IFS= read -r file; do files+=("$file"); done < <(find ../examples/data -type f -name '*.xml')

setups=(../crates/brightspace-bulk/rules/BR-[FRPM]*.txt)
matrices=(../crates/offering-rules/rules/*.csv ../examples/data/offering-rules/*.csv)
maquettes=(../crates/pegase/rules/*.json)
while IFS= read -r file; do maquettes+=("$file"); done < <(find ../examples/data -type f -path '*pegase*' -name '*.json')

feeds=(../crates/blackboard-sis/rules/*.txt ../crates/blackboard-sis/rules/context/*.txt)

# seed TARGET NAME HEADER...: a seed for each header, which is in the notation of printf.
seed() {
    local target=$1 name=$2
    shift 2
    mkdir -p "corpus/$target"
    local inputs=("${files[@]}")
    [ "$target" = setup ] && inputs=("${setups[@]}")
    [ "$target" = matrix ] && inputs=("${matrices[@]}")
    [ "$target" = feeds ] && inputs=("${feeds[@]}")
    [ "$target" = pegase ] && inputs=("${maquettes[@]}")
    for file in "${inputs[@]}"; do
        # shellcheck disable=SC2059
        { printf "$1"; cat "$file"; } >"corpus/$target/$name-$(basename "$file")"
    done
}

seed xml half '\x80'
for target in decode ims; do
    seed $target whole '\x00\x70\x40'
    seed $target cut '\x00\x0b\x00'
    seed $target latin1 '\x00\x22\x06'
done
seed ims small '\x01\x31\x03'
seed ims moodle '\x30\x5c\x10'
seed ims banner '\x18\x0b\x02'

seed setup whole '\x00\x70\x40'
seed setup cut '\x00\x0b\x00'
seed setup small '\x01\x20\x02'
seed setup straight '\x02\x12\x06'
seed setup plain '\x05\x10\x04'

seed matrix whole '\x00\x00'
seed matrix unknown '\x02\x01'
seed matrix column '\x0c\x02'
seed matrix small '\x01\x03'

seed feeds whole '\x00\x70\x40'
seed feeds cut '\x00\x0b\x00'
seed feeds small '\x01\x20\x02'
seed feeds lines '\x02\x0b\x02'
# Users, courses and enrolments, and an earlier load.
context=../crates/blackboard-sis/rules/context
for rule in X01 X02 X06 X08; do
    {
        printf '\x00\x70\x40'
        cat "$context/users.txt"
        printf '\x1e'
        cat "$context/courses.txt"
        printf '\x1e'
        cat "../crates/blackboard-sis/rules/BB-$rule.bad.txt"
        printf '\x1e'
        cat "$context/users.txt"
    } >"corpus/feeds/load-$rule.txt"
done

seed pegase whole '\x00'
seed pegase small '\x01'
seed pegase refused '\x02'
# A structure and the details of its objects, in both orders.
structure='{"racine":{"id":"1","classe":"F","code":"F","libelle":"F","enfants":[{"id":"2","obligatoire":true,"objetMaquette":{"id":"2","classe":"G","code":"G","enfants":[]}}]}}'
details='[{"id":"1","typeObjetMaquette":"FORMATION","code":"F","descripteursObjetMaquette":{"type":"0"},"enfants":[{"id":"2","obligatoire":true}]},{"id":"2","typeObjetMaquette":"GROUPEMENT","code":"G","descripteursObjetMaquette":{"plageDeChoix":{"min":1,"max":2}},"enfants":[]}]'
printf '\x00%s\x1e%s' "$structure" "$details" >corpus/pegase/structure-details.json
printf '\x00%s\x1e%s' "$details" "$structure" >corpus/pegase/details-structure.json

# The same text in other encodings.
example=../crates/ims-enterprise/rules/IE-R01.good.xml
for encoding in UTF-16LE UTF-16BE SHIFT_JIS GB18030 EUC-JP ISO-2022-JP ISO-8859-2; do
    for target in decode ims; do
        {
            printf '\x00\x10\x04'
            printf '<?xml version="1.0" encoding="%s"?>' "$encoding" | iconv -f UTF-8 -t "$encoding"
            iconv -f UTF-8 -t "$encoding//TRANSLIT" "$example"
        } >"corpus/$target/$encoding.xml"
    done
done
example=../crates/brightspace-bulk/rules/BR-R09.bad.txt
for encoding in UTF-16LE UTF-16BE WINDOWS-1252; do
    { printf '\x00\x10\x04'; iconv -f UTF-8 -t "$encoding" "$example"; } >"corpus/setup/$encoding.txt"
done
example=../crates/offering-rules/rules/OR-C01.bad.csv
for encoding in UTF-16LE UTF-16BE WINDOWS-1252; do
    { printf '\x00\x00'; iconv -f UTF-8 -t "$encoding" "$example"; } >"corpus/matrix/$encoding.csv"
done

for target in corpus/*; do
    echo "$target: $(find "$target" -type f | wc -l) files"
done
