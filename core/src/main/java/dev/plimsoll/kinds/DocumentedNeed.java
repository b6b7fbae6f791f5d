package dev.plimsoll.kinds;

import dev.plimsoll.stack.Host;
import dev.plimsoll.stack.Image;
import dev.plimsoll.units.MemorySize;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// What one container of a well-known program needs, by the word of those who make it. It stands in for a measurement
/// where nobody chose a limit or a heap, so that no server is given less than its makers would start it with.
///
/// @param need by their documentation, their image or their charts
/// @param failsBelow a limit below which they say that it ends or does not start; zero when they name none
/// @param because what the figure is
/// @param source where they say so
public record DocumentedNeed(MemorySize need, MemorySize failsBelow, String because, String source) {
    /// What the need is called where amounts are taken apart.
    public static final String TERM = "documented";

    /// What an ordinary JVM takes beside its heap, in MB: [Jvm#OFF_HEAP] and [Jvm#THREADS].
    private static final int BESIDE_HEAP = 230;

    private static final List<Row> ROWS = List.of(
            row("keycloak", 750, "the least limit that its manual names",
                    "https://www.keycloak.org/server/containers"),
            row("n8n", 512, "the limit in the smallest example of its chart",
                    "https://github.com/n8n-io/n8n-hosting/blob/main/charts/n8n/examples/minimal.yaml"),
            row("kibana", 1024, "what Elastic's operator gave it until 3.3",
                    "https://github.com/elastic/cloud-on-k8s/blob/main/pkg/controller/kibana/pod.go")
                    .when(DocumentedNeed::isKibanaBefore94),
            row("kibana", 2048, "less ends it while its plugins start",
                    "https://github.com/elastic/cloud-on-k8s/blob/main/pkg/controller/kibana/pod.go").failsBelow(2048),
            row("sonarqube", 2048, "the least memory that its image asks for",
                    "https://github.com/SonarSource/docker-sonarqube").failsBelow(2048),
            row("logstash", 1536, "the limit in Elastic's chart, with a heap of 1 GB",
                    "https://github.com/elastic/helm-charts/blob/main/logstash/values.yaml"),
            row("opensearch-dashboards", 512, "the limit in its chart",
                    "https://github.com/opensearch-project/helm-charts"),
            row("immich-app/postgres", 2048, "the least limit that Immich's manual names",
                    "https://docs.immich.app/install/requirements").failsBelow(2048),
            row("immich-machine-learning", 2048, "by which Immich's manual asks for more with it",
                    "https://docs.immich.app/install/requirements"),
            row("clamav.*", 3072, "the least that its manual names; once a day it takes 2.4 GB",
                    "https://docs.clamav.net/manual/Installing/Docker.html").failsBelow(2458)
                    .unless("CLAMD_CONF_ConcurrentDatabaseReload"),
            row("metabase", 1024, "CrowdSec's manual counts 1 to 2 GB for it",
                    "https://docs.crowdsec.net/docs/next/getting_started/crowdsec_tour"),
            row("stirling-pdf|s-pdf", 2048, "the least memory that its manual names",
                    "https://docs.stirlingpdf.com/Server-Admin-Onboarding"),
            row("confluence.*|jira.*|bitbucket.*|bamboo.*", 2048, "what Atlassian's charts ask for",
                    "https://atlassian.github.io/data-center-helm-charts/userguide/resource_management/"
                            + "REQUESTS_AND_LIMITS/"),
            row("teamcity-server", 2048 + 350 + BESIDE_HEAP, "heap and code cache as its image sets them, and 230 MB",
                    "https://github.com/JetBrains/teamcity-docker-images"),
            row("nexus3", 2703 + BESIDE_HEAP, "Sonatype's least heap of 2703 MB, and 230 MB beside it",
                    "https://github.com/sonatype/docker-nexus3"),
            row("neo4j", 512 + 512 + BESIDE_HEAP, "heap and page cache of 512 MB as its image sets them, and 230 MB",
                    "https://neo4j.com/docs/operations-manual/current/docker/configuration/"),
            row("dependencytrack/(?:apiserver|bundled)", 2048, "where its manual says to begin",
                    "https://docs.dependencytrack.org").when(
                            image -> image.major().filter(major -> major > 4)
                                    .isPresent()),
            row("dependencytrack/(?:apiserver|bundled)", 4096 + BESIDE_HEAP,
                    "a heap of 4 GB, without which it refuses to start, and 230 MB",
                    "https://github.com/DependencyTrack/dependency-track/blob/4.x/src/main/java/org/dependencytrack/"
                            + "RequirementsVerifier.java")
                    .failsBelow(3584 + BESIDE_HEAP),
            row("minecraft-server", 1024 + BESIDE_HEAP, "a heap of 1 GB as its image sets it, and 230 MB",
                    "https://docker-minecraft-server.readthedocs.io/en/latest/configuration/jvm-options/")
                    .unless("MEMORY", "MAX_MEMORY"),
            row("open-webui", 680, "500 MB for embeddings, beside an ordinary Python program",
                    "https://docs.openwebui.com/getting-started/essentials"),
            row("langfuse(?:-worker)?", 1024, "twice the limit with which it is known to crash",
                    "https://github.com/orgs/langfuse/discussions/12722"),
            row("gitlab-[ce]e", 2560, "with 1 GB of swap, tuned and for five people; 8 GB otherwise",
                    "https://docs.gitlab.com/omnibus/settings/memory_constrained_envs/").failsBelow(2048),
            row("discourse/discourse", 1024, "below which its setup ends",
                    "https://github.com/discourse/discourse_docker").failsBelow(1024),
            row("zulip-server|docker-zulip", 2048, "the least memory that its manual names",
                    "https://github.com/zulip/docker-zulip"),
            row("zammad/zammad", 512, "the limit with which its makers test it",
                    "https://github.com/zammad/zammad-docker-compose/blob/master/scenarios/apply-resource-limits.yml"),
            row("paperless-ngx", 330, "seen by a maintainer at rest",
                    "https://github.com/paperless-ngx/paperless-ngx/pull/1227"),
            row("mealie", 1000, "the limit in its manual",
                    "https://docs.mealie.io/documentation/getting-started/installation/sqlite/"),
            row("collabora/code", 1024 + 100, "1 GB and 100 MB for each user",
                    "https://github.com/CollaboraOnline/richdocumentscode"),
            row("onlyoffice/documentserver.*", 2048, "what Nextcloud's installer counts for it",
                    "https://github.com/nextcloud/vm/releases/tag/17.0.0"),
            row("photoprism", 3072, "what its manual asks of a server",
                    "https://docs.photoprism.app/getting-started/"),
            row("frigate", 4096, "what its manual asks of a server",
                    "https://docs.frigate.video/frigate/planning_setup"),
            row("wekan", 1024, "what its makers want to be free", "https://github.com/wekan/wekan"),
            row("trivy-adapter-photon", 512, "the request in Harbor's chart",
                    "https://github.com/goharbor/harbor-helm"));

    /// @param images pattern of the last part of the repository, or of its end when it has a `/`
    /// @param unless variables that set it otherwise
    private record Row(Pattern images, Predicate<Image> versions, List<String> unless, DocumentedNeed said) {
        Row failsBelow(int megabytes) {
            return new Row(images, versions, unless, new DocumentedNeed(said.need, MemorySize.ofMegabytes(megabytes),
                    said.because, said.source));
        }

        Row when(Predicate<Image> condition) {
            return new Row(images, condition, unless, said);
        }

        Row unless(String... variables) {
            return new Row(images, versions, List.of(variables), said);
        }

        boolean isOf(Recognised service) {
            return service.clues().image().filter(image -> (images.matcher(image.name()).matches()
                    || images.matcher(lastTwo(image.repository())).matches()) && versions.test(image)).isPresent()
                    && unless.stream().noneMatch(service.clues()::has);
        }

        private static String lastTwo(String repository) {
            return repository.replaceFirst(".*/(?=[^/]+/[^/]+$)", "");
        }
    }

    private static Row row(String images, int megabytes, String because, String source) {
        return new Row(Pattern.compile(images), _ -> true, List.of(), new DocumentedNeed(MemorySize.ofMegabytes(
                megabytes), MemorySize.ZERO, because, source));
    }

    /// From 9.4 on its plugins need more while they start.
    private static boolean isKibanaBefore94(Image image) {
        return image.tag().filter(tag -> tag.matches("[5-8]([.-].*)?|9\\.[0-3]([.-].*)?")).isPresent();
    }

    /// What is said of the program; empty when nothing is.
    public static Optional<DocumentedNeed> of(Recognised service) {
        return ROWS.stream().filter(row -> row.isOf(service)).map(Row::said).findFirst();
    }

    /// The same where nobody knows or chose better: a limit, a heap, a measurement or a hint.
    public static Optional<DocumentedNeed> assumed(Recognised service) {
        var settings = service.settings();
        return of(service).filter(_ -> service.limit().isEmpty() && service.calibrated().measurements().isEmpty()
                && service.hints().workerMemory().isEmpty() && settings.get("Xmx").isEmpty()
                && settings.get("MaxRAMPercentage").isEmpty() && NodeJs.oldSpace(service).isEmpty());
    }

    /// What the service needs with the settings it has; where its kind expects less of it than its makers, theirs.
    public static Demand demand(Recognised service, Host host) {
        var demand = service.kind().demand(service, host);
        return assumed(service).filter(said -> said.need.isLargerThan(demand.expected().total()))
                .map(said -> new Demand(demand.floor(), Amount.of(new Term(TERM, said.need, said.because,
                        said.source)), demand.ceiling(), said.toString()))
                .orElse(demand);
    }

    @Override
    public String toString() {
        return need + ", " + because;
    }
}
