package docrootaudit;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which package may import which. A new arrow is a decision: the commit that draws it says why. */
class ArchitectureTest {
    private static final String DRAWING = """
            access  |
            server  | access
            finding | access server
            walk    | access
            linux   | access walk
            history | access finding
            report  | access server finding history
            alert   | access finding report
            audit   | access server finding walk history alert
            web     | access server finding walk audit
            daemon  | access finding audit history alert
            config  | access walk history finding audit alert daemon
            cli     | access server finding web audit history report alert daemon
            """;

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("docrootaudit");

    @ParameterizedTest(name = "{0} imports only: {1}")
    @CsvSource(textBlock = DRAWING, delimiter = '|')
    void a_package_imports_what_is_drawn_and_not_Main(String name, String imported) {
        var allowed = Stream.concat(Stream.of(name), words(imported))
                .map(ArchitectureTest::packages)
                .toArray(String[]::new);

        classes()
                .that()
                .resideInAPackage(packages(name))
                .should()
                .onlyDependOnClassesThat(
                        resideOutsideOfPackage("docrootaudit..").or(resideInAnyPackage(allowed)))
                .allowEmptyShould(true)
                .check(OURS);
    }

    @Test
    void every_package_is_drawn() {
        var drawn = DRAWING.lines()
                .map(line -> packages(line.substring(0, line.indexOf('|')).strip()));

        classes()
                .should()
                .resideInAnyPackage(
                        Stream.concat(Stream.of("docrootaudit"), drawn).toArray(String[]::new))
                .check(OURS);
    }

    @Test
    void no_packages_need_each_other() {
        slices().matching("docrootaudit.(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(OURS);
    }

    private static Stream<String> words(String line) {
        return line == null ? Stream.empty() : Arrays.stream(line.strip().split(" +"));
    }

    private static String packages(String name) {
        return "docrootaudit." + name + "..";
    }
}
