#!/bin/bash
# What comes in by the ways that people and cameras send photos: FTP, SMB and rsync by the real servers and clients, slowly
# and with pauses longer than the settle time. Each photo is published once, when it is whole.

. "${0%/*}/lib.sh"
. "$CLI/desk.sh"

noise slow.jpg 400 300
size=$(stat -c %s slow.jpg)
rate=$((size / 1024 / 3)) # KiB/s: three seconds for it

# a_port: one that nobody listens on.
a_port() {
    perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1")->sockport'
}
answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

servers=()
end_servers() {
    for pid in "${servers[@]}"; do
        kill "$pid" 2>/dev/null
        wait "$pid" 2>/dev/null
    done
    servers=()
}
trap 'end_servers; kill "${desk:-}" 2>/dev/null; cd / && rm -rf "$T"' EXIT

serve_ftp() {
    ftp=$(a_port)
    mkdir -p empty
    cat >vsftpd.conf <<END
listen=YES
listen_address=127.0.0.1
listen_port=$ftp
background=NO
run_as_launching_user=YES
anonymous_enable=YES
no_anon_password=YES
anon_root=$T/in
write_enable=YES
anon_upload_enable=YES
anon_mkdir_write_enable=YES
anon_other_write_enable=YES
anon_umask=022
secure_chroot_dir=$T/empty
seccomp_sandbox=NO
xferlog_enable=NO
END
    vsftpd vsftpd.conf >vsftpd.log 2>&1 &
    servers+=($!)
    wait_for answers "$ftp"
}
ftp() { curl --silent --show-error "$@"; }

serve_smb() {
    smb=$(a_port)
    mkdir -p samba
    cat >smb.conf <<END
[global]
    server role = standalone server
    interfaces = lo
    bind interfaces only = yes
    smb ports = $smb
    map to guest = Bad User
    guest account = $(id -un)
    load printers = no
    disable spoolss = yes
    private dir = $T/samba
    lock directory = $T/samba
    state directory = $T/samba
    cache directory = $T/samba
    pid directory = $T/samba
    ncalrpc dir = $T/samba
    log file = $T/samba/log
[in]
    path = $T/in
    guest ok = yes
    read only = no
END
    # in a process group of its own, which it ends with itself
    smbd --foreground --configfile smb.conf >smbd.log 2>&1 &
    servers+=($!)
    wait_for answers "$smb"
}
smb() { smbclient //127.0.0.1/in --port "$smb" --no-pass --configfile smb.conf --command "$1"; }

# in_pieces FILE: its bytes, with two pauses that are longer than the settle time.
in_pieces() {
    for part in 0 1 2; do
        [ $part -eq 0 ] || sleep 0.8
        tail -c +$((part * (size / 3 + 1) + 1)) "$1" | head -c $((size / 3 + 1))
    done
}

# came NAME WHAT [SENT]: it was published once, and as what was sent.
came() {
    ok "$2: published" wait_for has "$(dirname "$1")" "$(basename "$1")"
    is "$(times "^published $1")" 1 "$2: once"
    is "$(sha256sum <"in/$1")" "$(sha256sum <"${3:-slow.jpg}")" "$2: all of it had come"
}

mkdir in
start --credit Dana
ways=() # one after another is slow: the uploads run side by side
there() { command -v "$1" >/dev/null; }

# ---- FTP ----

if there vsftpd && there curl; then
    serve_ftp
    ftp --limit-rate ${rate}K --upload-file slow.jpg "ftp://127.0.0.1:$ftp/ftp.jpg" &
    ways+=($!)
    ftp --limit-rate ${rate}K --ftp-create-dirs --upload-file slow.jpg "ftp://127.0.0.1:$ftp/match/half/one.jpg" &
    ways+=($!)
    in_pieces slow.jpg | ftp --upload-file - "ftp://127.0.0.1:$ftp/paused.jpg" &
    ways+=($!)
    ( # a line that breaks in the middle, and is taken up again later
        timeout 1 curl --silent --limit-rate ${rate}K --upload-file slow.jpg "ftp://127.0.0.1:$ftp/broken.jpg"
        sleep 1
        ftp --continue-at - --upload-file slow.jpg "ftp://127.0.0.1:$ftp/broken.jpg"
    ) &
    ways+=($!)
fi

# ---- SMB ----

if there smbd && there smbclient; then
    serve_smb
    in_pieces slow.jpg | smb 'put - smb.jpg' >smb.log 2>&1 &
    ways+=($!)
    mkdir -p card/day
    cp slow.jpg card/day/a.jpg
    cp slow.jpg card/day/b.jpg
    smb 'recurse; prompt; lcd card; mput day' >mput.log 2>&1 &
    ways+=($!)
    (in_pieces slow.jpg | smb 'put - export.tmp' && smb 'rename export.tmp exported.jpg') >rename.log 2>&1 &
    ways+=($!)
fi

# ---- rsync, and cp ----

if there rsync; then
    mkdir -p sent/folder
    cp slow.jpg sent/folder/r.jpg
    cp slow.jpg sent/in-place.jpg
    rsync --bwlimit=$rate -r sent/folder in/ &
    ways+=($!)
    rsync --bwlimit=$rate --inplace sent/in-place.jpg in/ &
    ways+=($!)
fi
(in_pieces slow.jpg >in/pieces.jpg) &
ways+=($!)
# room FILE NAME: as Windows and some FTP clients do: all of its room first, then its bytes.
room() {
    local bytes part
    bytes=$(stat -c %s "$1")
    truncate -s "$bytes" "in/$2"
    for part in 0 1 2; do
        sleep 0.8
        dd if="$1" of="in/$2" bs=$((bytes / 3 + 1)) skip=$part seek=$part count=1 conv=notrunc status=none
    done
}
vips tiffsave slow.jpg end.tif # its directory is at the end
python3 - front.tif <<'END' # and here it is in front, so that all of it is there at once
import struct, sys
width, height = 400, 300
pixels = bytes(i * 7919 % 251 for i in range(width * height * 3))
entries = [(256, 3, 1, width), (257, 3, 1, height), (258, 3, 3, 8 + 2 + 9 * 12 + 4), (259, 3, 1, 1), (262, 3, 1, 2),
           (273, 4, 1, 256), (277, 3, 1, 3), (278, 3, 1, height), (279, 4, 1, len(pixels))]
directory = struct.pack('<H', len(entries)) + b''.join(struct.pack('<HHII', *e) for e in entries) + struct.pack('<I', 0)
head = (b'II*\0' + struct.pack('<I', 8) + directory + struct.pack('<HHH', 8, 8, 8)).ljust(256, b'\0')
open(sys.argv[1], 'wb').write(head + pixels)
END
for way in slow.jpg:room.jpg front.tif:front.tif end.tif:end.tif; do
    room "${way%:*}" "${way#*:}" &
    ways+=($!)
done
wait "${ways[@]}"

if there vsftpd && there curl; then
    came ftp.jpg "FTP, slowly"
    came match/half/one.jpg "FTP into folders that it makes"
    came paused.jpg "FTP with pauses"
    came broken.jpg "FTP that breaks and is taken up again"
else
    skip 12 "vsftpd or curl is not installed"
fi
if there smbd && there smbclient; then
    came smb.jpg "SMB with pauses"
    came day/b.jpg "SMB, a folder"
    came exported.jpg "SMB, renamed when it is done"
else
    skip 9 "smbd or smbclient is not installed"
fi
if there rsync; then
    came folder/r.jpg "rsync by its temporary names"
    came in-place.jpg "rsync in place"
else
    skip 6 "rsync is not installed"
fi
came pieces.jpg "a copy with pauses"
came room.jpg "a file that has its size before its bytes"
came front.tif "a TIFF likewise, its directory first" front.tif
came end.tif "a TIFF likewise, its directory last" end.tif
is "$(times '^FAILED')" 0 "none of them failed meanwhile"
like "$(cat log.err)" '^waiting (paused|smb|pieces|room).jpg' "those with pauses were waited for"

# ---- Over one that is published ----

if there vsftpd && there curl; then
    before=$(manifest out '.photos["ftp.jpg"].renditions.small[0].file')
    noise slow.jpg 420 300
    size=$(stat -c %s slow.jpg)
    in_pieces slow.jpg | ftp --upload-file - "ftp://127.0.0.1:$ftp/ftp.jpg" &
    upload=$!
    ok "an upload over a published photo: is waited for" wait_for told '^waiting ftp.jpg'
    is "$(manifest out '.photos["ftp.jpg"].renditions.small[0].file')" "$before" "and the one before stays published meanwhile"
    wait $upload
    ok "then the new one is published" wait_for sh -c '[ "$(jq ".photos[\"ftp.jpg\"].width" out/manifest.json)" = 420 ]'
    ftp "ftp://127.0.0.1:$ftp/" --quote 'DELE match/half/one.jpg' --quote 'RMD match/half' >/dev/null
    ok "deleted by FTP: taken down" wait_for gone out/match/half/manifest.json # a file at a time: its old variants may stay
else
    skip 4 "vsftpd or curl is not installed"
fi
if there smbd && there smbclient; then
    smb 'rename day evening' >/dev/null
    ok "a folder renamed by SMB: published there" wait_for has evening a.jpg
    ok "and gone where it was" wait_for gone out/day
else
    skip 2 "smbd or smbclient is not installed"
fi
as_built "what was sent" --credit Dana
end_servers
stop
done_testing
