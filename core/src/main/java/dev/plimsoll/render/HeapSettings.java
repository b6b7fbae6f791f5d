package dev.plimsoll.render;

import dev.plimsoll.kinds.Recognised;
import dev.plimsoll.kinds.Sizing;
import dev.plimsoll.plan.ServicePlan;
import dev.plimsoll.stack.ShellWords;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Heap bounds: of the JVM, of servers on it with a variable of their own, of Node.js.
final class HeapSettings {
    private static final Pattern JVM_VARIABLE = Pattern.compile(
            "(?:.*_)?(?:JAVA|JVM|JDK_JAVA|JAVA_TOOL|CATALINA|HEAP|LS_JAVA)_?(?:OPTS|OPTIONS|OPT|ARGS)"
                    + "(?:_APPEND|_KC_HEAP)?");
    /// Images whose start script puts a heap of its own on the command line, where it wins over variables of the JVM.
    private static final Pattern OWN_HEAP = Pattern.compile("cassandra|neo4j|solr|logstash|zookeeper|cp-.*|activemq.*|"
            + "artemis.*|sonarqube|nexus3?|jira.*|confluence.*|bitbucket.*|teamcity.*|unifi.*|trino|druid|flink|spark");

    /// The variables in which such images take the heap, from their start scripts. More than one image has each.
    private static final List<OwnHeap> OWN_VARIABLES = List.of(new OwnHeap("cp-schema-registry",
            "SCHEMA_REGISTRY_HEAP_OPTS", "-Xmx%s"),
            new OwnHeap("cp-kafka-rest", "KAFKAREST_HEAP_OPTS", "-Xmx%s"),
            new OwnHeap("(?:cp-)?ksqldb-server|cp-ksql-server", "KSQL_HEAP_OPTS", "-Xmx%s"),
            new OwnHeap("cp-enterprise-control-center.*", "CONTROL_CENTER_HEAP_OPTS", "-Xmx%s"),
            new OwnHeap("debezium/connect.*", "HEAP_OPTS", "-Xmx%s"),
            new OwnHeap("(?:cp-)?kafka-connect.*|cp-server-connect.*|cp-zookeeper", "KAFKA_HEAP_OPTS", "-Xmx%s"),
            new OwnHeap("logstash", "LS_JAVA_OPTS", "-Xms%1$s -Xmx%1$s"),
            new OwnHeap("solr", "SOLR_HEAP", "%s"));

    /// @param image pattern of the last part of its repository, or of the last two with a `/`
    /// @param options with the size in them; Logstash's own file has a heap at the start, which must not be the larger
    private record OwnHeap(String image, String variable, String options) {
        boolean isOf(Recognised service) {
            return service.clues().image().filter(found -> found.name().matches(image) || found.repository().matches(
                    "(?:.*/)?(?:" + image + ")")).isPresent();
        }
    }

    private HeapSettings() {}

    static void apply(ServicePlan plan, Recognised service, AppliedSettings target) {
        switch (plan.kind()) {
            case "node" -> plan.choice("--max-old-space-size").ifPresent(choice -> node(choice, service, target));
            case "jvm" -> jvm(plan, service, target);
            default -> plan.choices().forEach(choice -> server(choice, service, target));
        }
    }

    private static void node(Sizing.Choice choice, Recognised service, AppliedSettings target) {
        var option = Pattern.compile("--max[-_]old[-_]space[-_]size=\\d+");
        var inCommand = service.clues().invocations().stream().flatMap(run -> run.arguments().stream())
                .anyMatch(word -> option.matcher(word.value()).matches());
        if (!inCommand) {
            target.variable(choice, "NODE_OPTIONS", joined(words(target.value("NODE_OPTIONS")).stream()
                    .filter(word -> !option.matcher(word).matches()).toList(),
                    choice.setting() + "="
                            + choice.value()));
            return;
        }
        target.takes(DirectCommand.of(service.service(), "node", "npm", "npx", "yarn", "pnpm", "next", "tsx"));
        target.command().ifPresent(command -> target.change(command.mapped(word -> option.matcher(word).matches()
                ? choice.setting() + "=" + choice.value()
                : word), choice));
    }

    private static void jvm(ServicePlan plan, Recognised service, AppliedSettings target) {
        var own = OWN_VARIABLES.stream().filter(found -> found.isOf(service)).findFirst();
        if (own.isPresent()) {
            plan.choice("-Xmx").ifPresent(choice -> ownHeap(choice, own.get(), target));
            target.obstacle("this image's start script sets it");
            return;
        }
        if (service.clues().image().filter(image -> OWN_HEAP.matcher(image.name()).matches()).isPresent()) {
            target.obstacle("this image's start script puts a heap of its own on the command line; its documentation "
                    + "names the variable");
            return;
        }
        var variable = service.service().environment().entrySet().stream()
                .filter(entry -> JVM_VARIABLE.matcher(entry.getKey()).matches() && entry.getValue().value()
                        .contains("-X"))
                .map(entry -> entry.getKey()).findFirst().orElse("JAVA_TOOL_OPTIONS");
        for (var choice : plan.choices()) {
            var flag = flag(choice);
            if (isCollector(flag) && choosesCollector(service)) {
                target.kept(choice, "you chose a collector, and the JVM refuses two");
            } else if (inCommand(service, flag)) {
                target.takes(DirectCommand.of(service.service(), "java"));
                target.command().ifPresent(command -> target.change(command.mapped(word -> key(word).equals(key(flag))
                        ? flag
                        : word), choice));
            } else {
                target.variable(choice, variable, joined(words(target.value(variable)).stream()
                        .filter(word -> !key(word).equals(key(flag))).toList(), flag));
            }
        }
    }

    /// What else the variable holds stays, but a heap at the start, which may be larger than the one at most.
    private static void ownHeap(Sizing.Choice choice, OwnHeap own, AppliedSettings target) {
        var others = own.options().startsWith("-")
                ? words(target.value(own.variable())).stream().filter(word -> !word.matches("-Xm[xs].*")).toList()
                : List.<String>of();
        target.variable(choice, own.variable(), joined(others, own.options().formatted(choice.value())));
    }

    /// `-Xmx512m`, `-XX:MaxMetaspaceSize=96m`, `-XX:+UseSerialGC`.
    private static String flag(Sizing.Choice choice) {
        return switch (choice.setting()) {
            case "GC" -> choice.value();
            case "-Xmx" -> "-Xmx" + choice.value();
            default -> choice.setting() + "=" + choice.value();
        };
    }

    /// What a flag sets, whatever the value.
    private static String key(String flag) {
        return flag.startsWith("-Xmx") ? "-Xmx" : flag.replaceFirst("=.*", "");
    }

    private static boolean isCollector(String flag) {
        return flag.matches("-XX:\\+Use\\w*GC");
    }

    private static boolean choosesCollector(Recognised service) {
        return service.settings().effective().values().stream()
                .anyMatch(setting -> setting.name().matches("Use\\w*GC") && setting.value().equals("on"));
    }

    private static boolean inCommand(Recognised service, String flag) {
        return service.clues().invocations().stream().flatMap(run -> run.arguments().stream())
                .anyMatch(word -> key(word.value()).equals(key(flag)));
    }

    private static void server(Sizing.Choice choice, Recognised service, AppliedSettings target) {
        var image = service.clues().image();
        if (image.filter(found -> found.repository().contains("bitnami")).isPresent()
                && choice.setting().startsWith("ES_")) {
            target.obstacle("Bitnami's image takes ELASTICSEARCH_HEAP_SIZE instead");
            return;
        }
        var variable = image.filter(found -> found.name().contains("opensearch")).isPresent()
                ? "OPENSEARCH_JAVA_OPTS"
                : choice.setting();
        target.variable(choice, variable, joined(words(target.value(variable)).stream()
                .filter(word -> !word.matches("-Xm[xs].*")).toList(), choice.value()));
    }

    private static List<String> words(String options) {
        return ShellWords.split(options).orElse(List.of());
    }

    private static String joined(List<String> words, String more) {
        var all = new ArrayList<>(words);
        all.add(more);
        return String.join(" ", all);
    }
}
