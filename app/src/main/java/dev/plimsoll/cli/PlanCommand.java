package dev.plimsoll.cli;

import dev.plimsoll.kinds.Inventory;
import dev.plimsoll.plan.Planner;
import dev.plimsoll.report.PlanText;
import dev.plimsoll.stack.Host;
import dev.plimsoll.units.*;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `plimsoll plan`: the memory and CPU budget.
@Command(name = "plan", description = "Plan a memory and CPU budget over all services.")
final class PlanCommand implements Callable<Integer> {
    @ParentCommand
    private Plimsoll plimsoll = new Plimsoll(Terminal.system());
    @Mixin
    private ProjectOptions project = new ProjectOptions();
    @Option(names = "--memory")
    private String memory = "4g";
    @Option(names = "--compare")
    private boolean compare;

    @Override
    public Integer call() {
        var stack = project.load(plimsoll.terminal().environment());
        var plan = Planner.plan(
                Inventory.of(stack, Host.of(MemoryDialect.COMPOSE.parse(memory).orElseThrow(), Millicores.ofCores(2))));
        plimsoll.terminal().print(compare ? PlanText.compare(plan) : PlanText.of(plan));
        return plan.fits() ? 0 : 1;
    }
}
