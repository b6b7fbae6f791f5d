package dev.plimsoll.spring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class SpringArchitectureTest {
    private static final JavaClasses MAIN = new ClassFileImporter().withImportOption(
            ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.plimsoll.spring");

    @Test
    void thereAreNoCycles() {
        slices().matching("dev.plimsoll.(spring.*)..").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void thePartsKnowNothingOfProperties() {
        noClasses().that().resideInAnyPackage("dev.plimsoll.spring.cache..", "dev.plimsoll.spring.web..").should()
                .dependOnClassesThat().resideInAPackage("dev.plimsoll.spring").check(MAIN);
    }
}
