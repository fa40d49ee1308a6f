#!/usr/bin/env bash
# Sends one record with one file to Lantai: bash, curl, sha256sum and base64, nothing else.
#
#   LANTAI_URL=https://archive.example LANTAI_TOKEN=lantai_… ./send.sh ID TITLE DATE FILE
#
# Running it again changes nothing that is there already. A file of any size goes on where the line broke.
set -euo pipefail
url=${LANTAI_URL:-http://127.0.0.1:8080}
id=$1 title=$2 date=$3 file=$4
auth=(-H "Authorization: Bearer ${LANTAI_TOKEN:?set LANTAI_TOKEN}")
tus=(-H 'Tus-Resumable: 1.0.0')
retry=(--silent --show-error --retry 5 --retry-connrefused --max-time 600)
size=$(wc -c <"$file" | tr -d ' ')
name=$(basename "$file")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Text as it stands between quotes in JSON.
json() { printf '%s' "$1" | sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/\t/\\t/g'; }

# 1. An upload is begun: the server says where it is.
place=$(curl "${retry[@]}" "${auth[@]}" "${tus[@]}" -X POST -D - -o "$work/answer" \
  -H "Upload-Length: $size" -H "Upload-Metadata: filename $(printf '%s' "$name" | base64 | tr -d '\n')" \
  "$url/api/v1/uploads" | tr -d '\r' | sed -n 's/^[Ll]ocation: //p')
[ -n "$place" ] || { cat "$work/answer" >&2; exit 1; }
case $place in http*) ;; *) place="$url/api/v1/uploads/${place##*/}" ;; esac

# 2. Its bytes, from where the server stands; after a break it is asked anew.
for try in 1 2 3 4 5 6; do
  offset=$(curl "${retry[@]}" "${auth[@]}" "${tus[@]}" -I "$place" | tr -d '\r' | sed -n 's/^[Uu]pload-[Oo]ffset: //p')
  [ "${offset:-0}" -lt "$size" ] || break
  tail -c "+$((offset + 1))" "$file" | curl --silent --show-error "${auth[@]}" "${tus[@]}" -X PATCH \
    -H "Upload-Offset: $offset" -H 'Content-Type: application/offset+octet-stream' \
    -T - "$place" || sleep "$try"
done

# 3. The record, which names the upload and what the file has to be.
cat >"$work/record.json" <<JSON
{ "metadata": { "title": "$(json "$title")", "date": "$(json "$date")" },
  "files": [ { "name": "$(json "$name")", "upload": "${place##*/}", "digest": "sha256:$(sha256sum "$file" | cut -d' ' -f1)" } ] }
JSON
# An id may hold anything: in an address it is written in bytes.
path=$(printf '%s' "$id" | od -An -v -tx1 | tr -d ' \n' | sed 's/../%&/g')
status=$(curl "${retry[@]}" "${auth[@]}" -X PUT -H 'Content-Type: application/json' -H 'Accept-Language: zh-CN' \
  --data-binary "@$work/record.json" -o "$work/answer" -w '%{http_code}' "$url/api/v1/intake/records/$path")
cat "$work/answer"; echo
case $status in 200 | 201) ;; *) exit 1 ;; esac
