package docrootaudit.report;

import docrootaudit.access.Acl;
import docrootaudit.access.Inode;
import docrootaudit.access.Names;
import docrootaudit.access.OrderedAcl;
import docrootaudit.access.PathVerdict;
import docrootaudit.access.PosixAcl;
import docrootaudit.access.Step;
import docrootaudit.access.Verdict;
import docrootaudit.finding.Diagnosis;
import docrootaudit.finding.Explanation;
import java.util.List;
import java.util.Optional;

/** What text and JSON both want to know of the steps of a path. */
record JudgedSteps(Diagnosis diagnosis) {
    static JudgedSteps of(Explanation explanation, Names names) {
        return new JudgedSteps(new Diagnosis(explanation.identity().principal(), names));
    }

    static Optional<Inode> inode(Step step) {
        if (step instanceof Step.Search search) {
            return Optional.of(search.inode());
        } else if (step instanceof Step.Follow follow) {
            return Optional.of(follow.inode());
        } else if (step instanceof Step.Arrive arrive) {
            return Optional.of(arrive.inode());
        }
        return Optional.empty();
    }

    /** The rule that decided; empty where none did, as for a link that is followed. */
    String rule(PathVerdict.Judged judged) {
        Names names = diagnosis.names();
        if (judged.verdict() instanceof Verdict.Denied denied) {
            boolean permission = !(judged.step() instanceof Step.Follow);
            return permission
                    ? inode(judged.step())
                            .map(i -> diagnosis.rule(i.attributes(), denied).text(names))
                            .orElse("")
                    : denied.by().text(names);
        } else if (judged.verdict() instanceof Verdict.Granted granted && !(judged.step() instanceof Step.Follow)) {
            return granted.by().text(names);
        }
        return "";
    }

    boolean isAclSwitchedOff(Inode inode) {
        return diagnosis.isAclSwitchedOff(inode.attributes());
    }

    String owner(Inode inode) {
        return diagnosis.names().userOrNumber(inode.attributes().uid());
    }

    String group(Inode inode) {
        return diagnosis.names().groupOrNumber(inode.attributes().gid());
    }

    /** The entries of the access ACL; empty without one, and for one that cannot be read. */
    List<String> acl(Inode inode) {
        Optional<Acl> acl = inode.attributes().acl();
        if (acl.isPresent() && acl.get() instanceof PosixAcl posix) {
            return posix.entries().stream().map(e -> e.text(diagnosis.names())).toList();
        } else if (acl.isPresent() && acl.get() instanceof OrderedAcl ordered) {
            return ordered.entries().stream()
                    .map(e -> e.text(diagnosis.names()))
                    .toList();
        }
        return List.of();
    }
}
