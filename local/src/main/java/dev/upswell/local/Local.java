package dev.upswell.local;

import dev.upswell.local.console.Console;
import dev.upswell.local.stack.Stack;
import dev.upswell.local.stack.StackException;
import dev.upswell.options.OptionSet;
import dev.upswell.processes.ProcessFailedException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Starts the system and its traffic, and stops both at the end of the run. */
public final class Local {
  private static final int FAILED = 1;
  private static final long SECONDS_TO_STOP = 40;

  private Local() {}

  /** The program; ends with 0, with 1 when something failed, with 2 when the options are wrong. */
  public static void main(String[] args) {
    LocalOptions options = options(args);
    Console console = new Console(System.out);
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Thread onInterrupt =
        new Thread(
            () -> {
              if (stopped.getCount() > 0) {
                console.last("stopping");
                stop.countDown();
                await(stopped);
              }
            },
            "on-interrupt");
    Runtime.getRuntime().addShutdownHook(onInterrupt);
    boolean ok = false;
    try (Stack stack = Stack.start(options.stack(), console)) {
      stack.describe();
      Run run =
          options.check()
              ? new CheckedRun(options, stack, console)
              : new OpenRun(options, stack, console);
      ok = run.until(stop);
    } catch (StackException | ProcessFailedException e) {
      console.line("FAILED " + e.getMessage());
    } finally {
      stopped.countDown();
    }
    if (stop.getCount() > 0) {
      System.exit(ok ? 0 : FAILED);
    }
  }

  private static LocalOptions options(String[] args) {
    try {
      return LocalOptions.from(LocalOptions.options().readOrExit(args));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(OptionSet.WRONG_OPTIONS);
      throw e;
    }
  }

  private static void await(CountDownLatch stopped) {
    try {
      boolean inTime = stopped.await(SECONDS_TO_STOP, TimeUnit.SECONDS);
      if (!inTime) {
        System.err.println("not stopped within " + SECONDS_TO_STOP + " s; killing what is left");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
