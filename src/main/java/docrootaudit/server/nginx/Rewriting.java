package docrootaudit.server.nginx;

import docrootaudit.access.FileType;
import docrootaudit.server.Answer.Doubt;
import docrootaudit.server.ByteText;
import docrootaudit.server.Reason;
import docrootaudit.server.Refusal;
import docrootaudit.server.Tree;
import java.util.List;
import java.util.Optional;

/** The rewrite phase: {@code ngx_http_rewrite_module.c} and the codes of {@code ngx_http_script.c}. */
final class Rewriting {
    private final Exchange exchange;
    private final Variables variables;
    private boolean ended;
    /** The condition of the block that is being run. */
    private Optional<Condition> within = Optional.empty();

    Rewriting(Exchange exchange) {
        this.exchange = exchange;
        this.variables = exchange.variables;
    }

    /** How the request goes on, if not with the next phase. */
    Optional<Turn> run(List<Instruction> instructions) {
        for (Instruction instruction : instructions) {
            Optional<Turn> turn = run(instruction);
            if (turn.isPresent() || ended) {
                return turn;
            }
        }
        return Optional.empty();
    }

    private Optional<Turn> run(Instruction instruction) {
        if (instruction instanceof Instruction.Set set) {
            variables.set(set.variable(), set.value().evaluate(variables::value));
            return Optional.empty();
        } else if (instruction instanceof Instruction.Rewrite rewrite) {
            return rewrite(rewrite);
        } else if (instruction instanceof Instruction.Return answer) {
            return answer(answer);
        } else if (instruction instanceof Instruction.Break stop) {
            stop(stop);
            return Optional.empty();
        }
        return branch((Instruction.If) instruction);
    }

    private void stop(Instruction.Break stop) {
        if (exchange.uriChanged) {
            exchange.validLocation = false;
            exchange.uriChanged = false;
        }
        exchange.proof.step("rewrite", stop.directive(), "no more rules are tried");
        ended = true;
    }

    private Optional<Turn> rewrite(Instruction.Rewrite rewrite) {
        if (!variables.match(rewrite.pattern(), exchange.uri, rewrite.directive())) {
            variables.forgetCaptures();
            return Optional.empty();
        }
        if (rewrite.redirect().isPresent()) {
            exchange.proof.step("rewrite", rewrite.directive(), "redirects");
            return Optional.of(new Turn.Special(rewrite.redirect().get()));
        }
        exchange.internal = true;
        if (rewrite.then() == Instruction.Then.BREAK) {
            exchange.validLocation = false;
            exchange.uriChanged = false;
        } else {
            exchange.uriChanged = true;
        }
        Template.Target target = rewrite.replacement().evaluateTarget(variables::value);
        exchange.proof.doubt(target.doubt());
        boolean kept = rewrite.arguments() == Instruction.Arguments.KEPT;
        if (target.args().isPresent()) {
            String old = kept && !exchange.args.isEmpty() ? "&" + exchange.args : "";
            exchange.args = target.args().get() + old;
        } else if (!kept) {
            exchange.args = "";
        }
        exchange.uri = target.uri();
        exchange.proof.step("rewrite", rewrite.directive(), "the URI becomes " + ByteText.visible(exchange.uri));
        if (exchange.uri.isEmpty()) {
            exchange.proof.refuse(Reason.REWRITE, rewrite.directive(), 500, Refusal.Meaning.ACCIDENT);
            return Optional.of(new Turn.Special(500));
        }
        ended = rewrite.then() != Instruction.Then.NEXT;
        return Optional.empty();
    }

    /** {@code ngx_http_script_return_code()}: an error without a text may have a page, all else is sent as it is. */
    private Optional<Turn> answer(Instruction.Return answer) {
        int code = answer.code();
        Directive directive = answer.directive();
        if (code >= 400 && exchange.isLifted(directive)) {
            exchange.proof.step("rewrite", directive, "left out");
            return Optional.empty();
        }
        exchange.proof.step("rewrite", directive, "answers");
        if (code >= 400) {
            boolean address = within.map(c -> exchange.configuration.isAboutAddress(c.subject()))
                    .orElse(false);
            Reason reason = address ? Reason.IP : code == 401 ? Reason.AUTH : Reason.DENY_RULE;
            exchange.proof.refuse(reason, directive, code, Intent.of(exchange, within));
        }
        boolean redirect = (code >= 301 && code <= 303) || code == 307 || code == 308;
        boolean bare = code >= 400 && answer.text().isEmpty();
        if (redirect || bare) {
            return Optional.of(new Turn.Special(code));
        }
        return Optional.of(new Turn.Sent(code, Optional.empty()));
    }

    private Optional<Turn> branch(Instruction.If branch) {
        if (!holds(branch)) {
            return Optional.empty();
        }
        exchange.proof.step("if", branch.directive(), "holds");
        branch.place().ifPresent(exchange::enterBlock);
        Optional<Condition> outer = within;
        within = Optional.of(branch.condition());
        Optional<Turn> turn = run(branch.body());
        within = outer;
        return turn;
    }

    private boolean holds(Instruction.If branch) {
        Condition condition = branch.condition();
        Value subject = condition.subject().evaluate(variables::value);
        subject.doubt().ifPresent(d -> doubt(branch, d));
        if (condition instanceof Condition.Set) {
            return !subject.text().isEmpty() && !subject.text().equals("0");
        } else if (condition instanceof Condition.Equals equals) {
            Value text = equals.text().evaluate(variables::value);
            text.doubt().ifPresent(d -> doubt(branch, d));
            return subject.text().equals(text.text()) == (equals.sense() == Condition.Sense.STRAIGHT);
        } else if (condition instanceof Condition.Matches matches) {
            boolean match = variables.match(matches.pattern(), subject.text(), branch.directive());
            if (!match) {
                variables.forgetCaptures();
            }
            return match == (matches.sense() == Condition.Sense.STRAIGHT);
        }
        Condition.FileTest test = (Condition.FileTest) condition;
        return test(test, subject.text()) == (test.sense() == Condition.Sense.STRAIGHT);
    }

    private void doubt(Instruction.If branch, Doubt doubt) {
        exchange.proof.doubt(Optional.of(
                doubt.source().isPresent()
                        ? doubt
                        : new Doubt(
                                doubt.reason(), Optional.of(branch.directive().source()))));
    }

    /** What exists is a file or a directory: a FIFO does not, as {@code ngx_http_script_file_code()} asks. */
    private boolean test(Condition.FileTest test, String path) {
        Files files = new Files(exchange);
        Tree.Found found = files.stat(files.absolute(path));
        files.noteHidden(files.absolute(path), found);
        if (!(found instanceof Tree.Found.There there)) {
            return false;
        }
        return switch (test.test()) {
            case 'f' -> there.type() == FileType.REGULAR;
            case 'd' -> there.type() == FileType.DIRECTORY;
            case 'e' -> there.type() == FileType.REGULAR || there.type() == FileType.DIRECTORY;
            default -> (there.mode() & 0100) != 0;
        };
    }
}
