# Sourced by ./run and ./test: installs what is missing with the system's package manager.

need_dotnet() {
    if ! command -v dotnet >/dev/null; then
        echo "The .NET SDK 10 is not installed: see https://dotnet.microsoft.com/download" >&2
        return 1
    fi
    # Build servers that stay would be processes left behind. The compiler's makes the build twice as fast, so it
    # gets a name of its own, by which end_compiler ends it and nobody else's. Some machines switch it off.
    export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0
    export UseSharedCompilation=true SharedCompilationId=phonemasking-$$
    export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
}

end_compiler() {
    local sdk
    sdk=$(dotnet --info | sed -n 's/^ *Base Path: *//p')
    dotnet "$sdk/Roslyn/bincore/VBCSCompiler.dll" -shutdown "-pipename:$SharedCompilationId" >/dev/null 2>&1 || true
}

have_postgresql() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null; }
have_rabbitmq() { [[ -x /usr/lib/rabbitmq/bin/rabbitmq-server ]] || command -v rabbitmq-server >/dev/null; }
have_chromium() { [[ -x /usr/bin/chromium ]]; }

# need_packages PACKAGE…: PostgreSQL, RabbitMQ or Chromium, by the names of Debian's packages.
need_packages() {
    local package missing=()
    for package; do
        case $package in
            postgresql) have_postgresql ;;
            rabbitmq-server) have_rabbitmq ;;
            chromium) have_chromium ;;
        esac || missing+=("$package")
    done
    if ((${#missing[@]} == 0)); then
        return 0
    fi

    local sudo=()
    if ((EUID != 0)); then
        sudo=(sudo -n)
    fi
    if ! command -v apt-get >/dev/null || { ((EUID != 0)) && ! sudo -n true 2>/dev/null; }; then
        echo "Not installed, and not to be installed from here: ${missing[*]}. Please install them." >&2
        return 1
    fi

    echo "Installing ${missing[*]} …"
    local policy=/usr/sbin/policy-rc.d own_policy= log code=0 before
    log=$(mktemp)
    before=" $(pgrep -x epmd | tr '\n' ' ') "
    # Ours are private servers on free ports: keep the packages from starting the system's.
    if [[ ! -e $policy ]]; then
        own_policy=1
        printf '#!/bin/sh\nexit 101\n' | "${sudo[@]}" tee "$policy" >/dev/null
        "${sudo[@]}" chmod 755 "$policy"
    fi
    {
        "${sudo[@]}" apt-get update -qq &&
            "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive \
                apt-get install -y -qq --no-install-recommends "${missing[@]}"
    } </dev/null >"$log" 2>&1 || code=$?
    if [[ $own_policy ]]; then
        "${sudo[@]}" rm -f "$policy"
    fi
    # RabbitMQ's package may start Erlang's name server, which the policy does not know.
    local pid
    for pid in $(pgrep -x epmd); do
        [[ $before == *" $pid "* ]] || "${sudo[@]}" kill "$pid" 2>/dev/null
    done
    if ((code != 0)); then
        tail -n 20 "$log" >&2
        echo "Could not install ${missing[*]}." >&2
    fi
    rm -f "$log"
    return "$code"
}
