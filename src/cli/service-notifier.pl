#!/usr/bin/perl
# Passes each line of its input on to the service manager that NOTIFY_SOCKET names (sd_notify(3)): Node has no datagrams of unix sockets.
# It ends with its input, and heeds no signal that is meant for the program.
use strict;
use warnings;
use Socket;

$SIG{$_} = 'IGNORE' for qw(HUP INT TERM);
my $path = $ENV{NOTIFY_SOCKET} // die "NOTIFY_SOCKET is not set\n";
$path =~ s/^@/\0/;
my $address = pack_sockaddr_un($path);
socket(my $socket, AF_UNIX, SOCK_DGRAM, 0) or die "no socket: $!\n";
while (my $line = <STDIN>) {
  send($socket, $line, 0, $address) // warn "The service manager cannot be told: $!\n";
}
