#!/bin/sh
# Sends the changed files of a built site to a bucket: Cloudflare R2, Amazon S3, or any other that rclone knows.
#   sh upload.sh dist REMOTE:BUCKET
# It compares sizes and MD5 hashes with the bucket's listing: it needs no request for each file, and no clock.
set -eu
from=$1 to=$2

send() {
  rclone "$@" --checksum --fast-list --transfers 16 --checkers 16 --stats-one-line --stats 1h --verbose
}

forever='public, max-age=31536000, immutable'
briefly='public, max-age=300'

# First the files that pages need. The names of these change with their content.
send copy "$from" "$to" --header-upload "Cache-Control: $forever" \
  --include '/_astro/**' --include '/pagefind/engine/**' --include '/pagefind/*/{fragment,index,filter}/**'
send copy "$from" "$to" --header-upload "Cache-Control: $briefly" --exclude '*.html' --exclude '/pagefind/bundles.json' --exclude '/digest.txt'
# Then the pages, then the list of search indexes and the digest. At last, files that are no longer in the site are deleted.
send copy "$from" "$to" --header-upload "Cache-Control: $briefly" --include '*.html'
send sync "$from" "$to" --header-upload "Cache-Control: $briefly" --delete-after
