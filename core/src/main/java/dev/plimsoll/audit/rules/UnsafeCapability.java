package dev.plimsoll.audit.rules;

import dev.plimsoll.audit.Confidence;
import dev.plimsoll.audit.Finding;
import dev.plimsoll.audit.Rule;
import dev.plimsoll.audit.Severity;
import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.source.Located;
import dev.plimsoll.yaml.Node;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

public final class UnsafeCapability implements Rule {
    private static final Pattern UNSAFE = Pattern.compile("(?:CAP_)?(?:ALL|SYS_ADMIN|SYS_MODULE|SYS_PTRACE|SYS_RAWIO|"
            + "DAC_READ_SEARCH|NET_ADMIN|BPF)");
    private static final Pattern NETWORK_TOOL = Pattern.compile(".*(?:vpn|wireguard|wg-?easy|gluetun|tailscale|"
            + "netmaker|headscale|zerotier|nebula|pihole|pi-hole|adguard|dhcp|dnsmasq|crowdsec|fail2ban|keepalived|"
            + "netbird|warp|twingate|unbound|k3s|suricata|firewall|wg|netshoot|boringtun|amnezia|coturn|"
            + "shadowsocks|xray|sing-box|mihomo|home-?assistant).*");

    @Override
    public About about() {
        return new About("SEC009", "unsafe-capability", Severity.MEDIUM, Confidence.CERTAIN,
                "A container gets a capability that opens the server.",
                "ALL, SYS_ADMIN, SYS_MODULE and the like let a process mount file systems, load modules or read other "
                        + "processes: most of what `privileged` gives.",
                "Remove the capability, or replace it with the narrower one the program needs.",
                "https://man7.org/linux/man-pages/man7/capabilities.7.html");
    }

    @Override
    public Stream<Finding> check(Inventory inventory) {
        return inventory.running().flatMap(service -> {
            var unsafe = added(service).stream().filter(name -> UNSAFE.matcher(name.value()).matches())
                    .filter(name -> !isAllowed(service, name.value())).toList();
            return unsafe.isEmpty()
                    ? Stream.<Finding>empty()
                    : Stream.of(finding(service, unsafe.getFirst().where(), service.name() + " is given "
                            + String.join(", ", unsafe.stream().map(Located::value).toList())
                            + ", which reaches beyond the container",
                            "Remove the capability or name a narrower one"));
        });
    }

    private static List<Located<String>> added(Recognised service) {
        return service.service().node("cap_add").flatMap(Node::asSequence).map(list -> list.items().stream()
                .flatMap(item -> item.asScalar().stream())
                .map(item -> item.located().map(text -> text.toUpperCase(Locale.ROOT))).toList()).orElse(List.of());
    }

    /// A VPN needs the network's administration, Netdata and the like read other processes.
    private static boolean isAllowed(Recognised service, String capability) {
        var dropsAll = service.service().node("cap_drop").flatMap(Node::asSequence).filter(list -> list.items().stream()
                .anyMatch(item -> item.asScalar().filter(text -> text.text().equalsIgnoreCase("ALL")).isPresent()))
                .isPresent();
        if (capability.endsWith("DAC_READ_SEARCH") && dropsAll) {
            return true;
        }
        var name = service.service().imageReference().map(image -> image.repository()).orElse("") + " "
                + service.name();
        if (capability.endsWith("NET_ADMIN")) {
            return NETWORK_TOOL.matcher(name.toLowerCase(Locale.ROOT)).matches();
        }
        return capability.endsWith("SYS_PTRACE") && name.matches(".*(?:netdata|glances|beszel|beyla|pyroscope).*")
                || capability.endsWith("SYS_MODULE") && NETWORK_TOOL.matcher(name).matches();
    }
}
