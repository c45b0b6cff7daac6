#!/bin/sh
# Sends a built site to a bucket (Cloudflare R2, Amazon S3, any that rclone knows), and of it only what changed.
#   sh upload.sh dist REMOTE:BUCKET
# Files are compared by size and MD5, which the bucket's listing holds: it asks for no file by itself, and goes by no clock.
set -eu
from=$1 to=$2

send() {
  rclone "$@" --checksum --fast-list --transfers 16 --checkers 16 --stats-one-line --stats 1h --verbose
}

forever='public, max-age=31536000, immutable'
briefly='public, max-age=300'

# First what pages lead to. These have names that change with what is in them.
send copy "$from" "$to" --header-upload "Cache-Control: $forever" \
  --include '/_astro/**' --include '/pagefind/engine/**' --include '/pagefind/*/{fragment,index,filter}/**'
send copy "$from" "$to" --header-upload "Cache-Control: $briefly" --exclude '*.html' --exclude '/pagefind/bundles.json' --exclude '/digest.txt'
# Then the pages, then what says that all of it is there; and only now goes what there is not any more.
send copy "$from" "$to" --header-upload "Cache-Control: $briefly" --include '*.html'
send sync "$from" "$to" --header-upload "Cache-Control: $briefly" --delete-after
