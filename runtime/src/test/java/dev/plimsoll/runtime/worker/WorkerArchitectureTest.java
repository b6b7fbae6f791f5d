package dev.plimsoll.runtime.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// What each side may need on its class path.
class WorkerArchitectureTest {
    private static final String HERE = "dev.plimsoll.runtime.worker";

    @Test
    void aChildNeedsNoLibrary() {
        classes().that().belongToAnyOf(Child.class, Job.class, Json.class, Work.class).should().onlyDependOnClassesThat(
                JavaClass.Predicates.resideInAnyPackage("java..", "org.jspecify..").or(JavaClass.Predicates
                        .belongToAnyOf(Child.class, Job.class, Json.class, Work.class)))
                .check(here());
    }

    @Test
    void onlyMetersNeedMicrometerAndOnlyTheQueueNeedsDbScheduler() {
        classes().that().doNotBelongToAnyOf(WorkerMeters.class, Workers.class, KindTask.class, Shift.class, Lease.class,
                Utf8Serializer.class).should().onlyDependOnClassesThat().resideInAnyPackage("java..", "javax.sql..",
                        "org.jspecify..", "org.slf4j..", HERE)
                .check(here());
    }

    private static JavaClasses here() {
        return new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(HERE);
    }
}
