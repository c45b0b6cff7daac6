#!/bin/sh
# Sends the changed files of a built site to a bucket: Cloudflare R2, Amazon S3, or any other that rclone knows.
#   sh upload.sh dist REMOTE:BUCKET
# The bucket must hold nothing but the site: other files are deleted.
# It compares sizes and MD5 hashes with the bucket's listing: it needs no request for each file, and no clock.
set -eu
from=$1 to=$2

send() {
  rclone "$@" --checksum --fast-list --transfers 16 --checkers 16 --stats-one-line --stats 1h --verbose
}

# A bucket without a planet may only hold names that the site has too, as after a first upload that was stopped.
# Exit code 3: there is no such folder yet.
names=$(rclone lsf "$to") || [ $? = 3 ]
if ! printf '%s\n' "$names" | grep -qx digest.txt; then
  printf '%s\n' "$names" | while IFS= read -r name; do
    [ -e "$from/$name" ] && continue
    echo "$to holds no planet, but $name, which would be deleted. Nothing was sent: use an empty bucket or folder." >&2
    exit 1
  done
fi

forever='public, max-age=31536000, immutable'
briefly='public, max-age=300'

# First the files that pages need. The names of these change with their content.
send copy "$from" "$to" --header-upload "Cache-Control: $forever" \
  --include '/_astro/**' --include '/pagefind/engine/**' --include '/pagefind/*/{fragment,index,filter}/**'
send copy "$from" "$to" --header-upload "Cache-Control: $briefly" --exclude '*.html' --exclude '/pagefind/bundles.json' --exclude '/digest.txt'
# Then the pages, then the list of search indexes and the digest. At last, files that are no longer in the site are deleted.
send copy "$from" "$to" --header-upload "Cache-Control: $briefly" --include '*.html'
send sync "$from" "$to" --header-upload "Cache-Control: $briefly" --delete-after
