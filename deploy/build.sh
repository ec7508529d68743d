#!/bin/sh
# Builds the images of Lucid for linux/amd64 and linux/arm64 with docker buildx.
set -eu

usage() {
  cat <<'END'
usage: deploy/build.sh [options] [target ...]
Builds node-management, block-manager, signer, agent and cli (or the targets named) for linux/amd64 and linux/arm64.

  --namespace NAME  before the image's name (default: pickme)
  --version V       the version's tag (default: that of package.json)
  --builder IMAGE   base of the build stage, best with its digest
  --runtime IMAGE   base of the images, best with its digest: gcr.io/distroless/nodejs24-debian12@sha256:...
  --push            push the images and make the tags for both platforms; without it they are only loaded here
  --dry-run         print the commands instead
  --help            this text

Tags of every image: latest-amd64, latest-arm64, and with --push also latest and the version, for both platforms.
END
}

namespace=pickme version='' builder='' runtime='' push=no dry=no targets=''

fail() { echo "error: $1" >&2; usage >&2; exit 2; }
while [ $# -gt 0 ]; do
  case $1 in
    --help) usage; exit 0 ;;
    --push) push=yes ;;
    --dry-run) dry=yes ;;
    --namespace | --version | --builder | --runtime)
      [ $# -gt 1 ] || fail "$1 needs a value"
      case $1 in
        --namespace) namespace=$2 ;;
        --version) version=$2 ;;
        --builder) builder=$2 ;;
        --runtime) runtime=$2 ;;
      esac
      shift ;;
    node-management | block-manager | signer | agent | cli) targets="$targets $1" ;;
    *) fail "unknown option or target $1" ;;
  esac
  shift
done

cd "$(dirname "$0")/.."
[ -n "$version" ] || version=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' package.json)
revision=$(git rev-parse HEAD 2>/dev/null || echo unknown)
created=$(git log -1 --format=%cI 2>/dev/null || echo unknown)

run() {
  if [ "$dry" = yes ]; then echo "$*"; else "$@"; fi
}

build() { # target platform
  image=$namespace/lucid-$1
  set -- --file deploy/Dockerfile --target "$1" --platform "linux/$2" --tag "$image:latest-$2" \
    --build-arg "VERSION=$version" --build-arg "REVISION=$revision" --build-arg "CREATED=$created"
  [ -z "$builder" ] || set -- "$@" --build-arg "BUILDER=$builder"
  [ -z "$runtime" ] || set -- "$@" --build-arg "RUNTIME=$runtime"
  if [ "$push" = yes ]; then set -- "$@" --provenance=false --push; else set -- "$@" --load; fi
  run docker buildx build "$@" .
}

for target in ${targets:-node-management block-manager signer agent cli}; do
  for arch in amd64 arm64; do build "$target" "$arch"; done
  image=$namespace/lucid-$target
  [ "$push" = no ] || run docker buildx imagetools create --tag "$image:latest" --tag "$image:$version" \
    "$image:latest-amd64" "$image:latest-arm64"
done
