package dev.plimsoll.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.plimsoll.audit.Rule;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The shape of the code, as tests. Read this first to learn what may depend on what.
class ArchitectureTest {
    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.plimsoll");

    /// A package may use those before it, unless [#APART] says otherwise.
    private static final List<String> LINE = List.of("units", "source", "yaml", "stack", "dockerfile", "compose",
            "prometheus",
            "kinds", "plan", "lock", "audit", "render", "observe", "calibrate", "load", "verify", "evidence",
            "report");

    /// Neighbours in the line that know nothing of each other.
    private static final Map<String, List<String>> APART = Map.ofEntries(Map.entry("source", List.of("units")),
            Map.entry("yaml", List.of("units")), Map.entry("prometheus", List.of("compose")),
            Map.entry("kinds", List.of("compose")), Map.entry("plan", List.of("compose")),
            Map.entry("lock", List.of("compose", "prometheus")),
            Map.entry("audit", List.of("compose", "plan", "lock")),
            Map.entry("observe", List.of("compose", "plan", "audit", "render")),
            Map.entry("calibrate", List.of("compose", "prometheus", "plan", "audit", "render")),
            Map.entry("load", List.of("compose", "plan", "audit", "render", "calibrate")),
            Map.entry("verify", List.of("compose", "audit", "render", "calibrate")),
            Map.entry("evidence", List.of("compose", "kinds", "plan", "lock", "audit", "render", "calibrate")),
            Map.entry("report", List.of("compose")));

    @Test
    void packagesFormALine() {
        for (var at = 0; at < LINE.size(); at++) {
            var name = LINE.get(at);
            var forbidden = LINE.subList(at + 1, LINE.size()).stream().map(ArchitectureTest::in).toList();
            if (!forbidden.isEmpty()) {
                noClasses().that().resideInAPackage(in(name)).should().dependOnClassesThat()
                        .resideInAnyPackage(forbidden.toArray(String[]::new)).check(CORE);
            }
        }
    }

    @Test
    void somePackagesKnowNothingOfEachOther() {
        APART.forEach((name, others) -> noClasses().that().resideInAPackage(in(name)).should().dependOnClassesThat()
                .resideInAnyPackage(others.stream().map(ArchitectureTest::in).toArray(String[]::new)).check(CORE));
    }

    @Test
    void everyPackageHasItsPlaceInTheLine() {
        classes().should().resideInAnyPackage(LINE.stream().map(ArchitectureTest::in).toArray(String[]::new))
                .check(CORE);
    }

    @Test
    void thereAreNoCycles() {
        slices().matching("dev.plimsoll.(*)..").should().beFreeOfCycles().check(CORE);
    }

    @Test
    void coreTouchesNothingOutside() {
        noClasses().should().dependOnClassesThat()
                .resideInAnyPackage("java.net..", "java.nio.file..", "java.sql..", "java.util.concurrent..")
                .orShould().dependOnClassesThat().haveFullyQualifiedName("java.io.File")
                .orShould().dependOnClassesThat().haveFullyQualifiedName("java.lang.ProcessBuilder")
                .orShould().dependOnClassesThat().haveFullyQualifiedName("java.lang.Runtime")
                .orShould().dependOnClassesThat().haveFullyQualifiedName("java.util.Random")
                .orShould().dependOnClassesThat().areAssignableTo(Thread.class)
                .orShould().callMethod(Instant.class, "now")
                .orShould().callMethod(Clock.class, "systemUTC")
                .orShould().callMethod(Clock.class, "systemDefaultZone")
                .orShould().callMethod(System.class, "currentTimeMillis")
                .orShould().callMethod(System.class, "nanoTime")
                .orShould().callMethod(System.class, "getenv")
                .orShould().callMethod(System.class, "getenv", String.class)
                .orShould().callMethod(System.class, "getProperty", String.class)
                .orShould().accessField(System.class, "out").orShould().accessField(System.class, "err")
                .because("core decides and never acts: I/O belongs in app").check(CORE);
    }

    @Test
    void rulesAreFinalWithoutStateAndLiveTogether() {
        classes().that().areAssignableTo(Rule.class).and().doNotBelongToAnyOf(Rule.class)
                .should().haveModifier(JavaModifier.FINAL).andShould().haveOnlyFinalFields()
                .andShould().resideInAPackage("dev.plimsoll.audit.rules").check(CORE);
        fields().that().areDeclaredInClassesThat().resideInAPackage("dev.plimsoll.audit.rules")
                .should().beFinal().check(CORE);
    }

    private static String in(String name) {
        return "dev.plimsoll." + name + "..";
    }
}
