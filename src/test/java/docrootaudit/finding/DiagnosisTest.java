package docrootaudit.finding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import docrootaudit.access.AccessCheck;
import docrootaudit.access.Attributes;
import docrootaudit.access.Need;
import docrootaudit.access.Principal;
import docrootaudit.access.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rule is blamed for a refusal: always one that getfacl(1) shows. */
class DiagnosisTest {
    private static final Principal IN_WEB = Principal.of(33, 33, 500);

    @ParameterizedTest
    @CsvSource({
        // the mask is empty, so the kernel asks the bits alone
        "f 0600 0:0 user:33:r--, mask::---",
        "f 0600 0:500 group::r--, mask::---",
        "f 0602 0:500 group::-w- user:1002:rw-, group::-w-",
        "f 0604 0:500 group::r-- user:33:---, user:33:---",
        "f 0600 0:0 user:33:---, other::---",
        "f 0600 0:0 user:1002:r--, other::---",
        // with one that is not, the ACL
        "f 0640 0:0 user:33:-w-, user:33:-w-",
        "f 0620 0:0 user:33:r--, mask::-w-",
        "f 0640 0:500 group::---, group::---",
        "f 0604 0:500, group::---"
    })
    void the_rule_is_an_entry_as_it_stands(String inode, String rule) {
        Attributes what = DrawnTree.attributes(inode);
        Verdict.Denied denied = (Verdict.Denied) AccessCheck.decide(IN_WEB, what, Need.READ);

        assertEquals(
                rule,
                new Diagnosis(IN_WEB, docrootaudit.access.Names.NUMERIC)
                        .rule(what, denied)
                        .toString());
    }
}
