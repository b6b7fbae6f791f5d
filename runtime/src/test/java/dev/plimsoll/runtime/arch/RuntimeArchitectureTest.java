package dev.plimsoll.runtime.arch;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// What the parts of the library may depend on.
class RuntimeArchitectureTest {
    private static final JavaClasses RUNTIME = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.plimsoll.runtime");

    @Test
    void thereAreNoCycles() {
        slices().matching("dev.plimsoll.runtime.(*)..").should().beFreeOfCycles().check(RUNTIME);
    }

    @Test
    void tagsNeedNothingBut() {
        noClasses().that().resideInAPackage("dev.plimsoll.runtime.tag..").should().dependOnClassesThat()
                .resideOutsideOfPackages("java..", "org.jspecify..", "dev.plimsoll.runtime.tag..").check(RUNTIME);
    }

    @Test
    void theLibraryNeedsNoneOfTheOtherModules() {
        noClasses().should().dependOnClassesThat(resideInAPackage("dev.plimsoll..").and(resideOutsideOfPackage(
                "dev.plimsoll.runtime..")).or(resideInAPackage("org.springframework.."))).check(RUNTIME);
    }
}
