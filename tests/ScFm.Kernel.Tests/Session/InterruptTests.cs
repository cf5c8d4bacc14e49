using System.Text.Json.Nodes;
using ScFm.Kernel.Tests.Support;

namespace ScFm.Kernel.Tests.Session;

public sealed class InterruptTests(KernelClient kernel) : IClassFixture<KernelClient>
{
    [Fact]
    public void A_loop_that_asks_for_the_token_stops_and_the_next_cell_runs()
    {
        var header = Start("int steps = 0;\nwhile (!NotebookHost.Current.Cancellation.IsCancellationRequested) { steps++; Thread.Sleep(5); }\nConsole.Write(\"kept\");");
        Assert.Equal("ok", (string?)kernel.Control("interrupt_request").Content["status"]);
        var exchange = kernel.Await(header);
        Assert.Equal("ok", exchange.Status);
        Assert.Equal("kept", exchange.Stdout);
        Assert.Equal("true", kernel.Execute("steps > 0").Result);
    }

    [Fact]
    public void A_wait_on_the_token_ends_as_an_interruption()
    {
        var header = Start("await Task.Delay(60000, NotebookHost.Current.Cancellation);");
        kernel.Control("interrupt_request");
        var exchange = kernel.Await(header);
        Assert.Equal("Interrupted", (string?)exchange.Reply.Content["ename"]);
        Assert.Equal("2", kernel.Execute("1 + 1").Result);
    }

    [Fact]
    public void An_interruption_aborts_the_cells_that_wait()
    {
        var running = Start("await Task.Delay(60000, NotebookHost.Current.Cancellation);");
        var waiting = kernel.Send("execute_request", KernelClient.ExecuteContent("1"));
        Thread.Sleep(200);
        kernel.Control("interrupt_request");
        kernel.Await(running);
        Assert.Equal("aborted", kernel.Await(waiting).Status);
    }

    [Fact]
    public void A_runaway_loop_is_ended_by_the_second_interrupt()
    {
        var header = Start("int spins = 0; while (true) spins++;");
        kernel.Control("interrupt_request");
        kernel.Control("interrupt_request");
        var exchange = kernel.Await(header);
        Assert.Equal("Interrupted", (string?)exchange.Reply.Content["ename"]);
        Assert.Equal("true", kernel.Execute("spins != 0").Result);
        Assert.Equal("false", kernel.Execute("int now = spins; Thread.Sleep(50); now != spins").Result);
    }

    [Fact]
    public void A_cell_that_ignores_the_token_is_told_how_to_end_it()
    {
        var header = Start("Thread.Sleep(4500);");
        kernel.Control("interrupt_request");
        Assert.Contains("Interrupt it once more", kernel.Await(header).Stderr);
    }

    [Fact]
    public void A_cell_stuck_in_native_code_is_left_behind_and_the_kernel_goes_on()
    {
        if (!File.Exists(NativeLibraryFile.Compiler))
        {
            Assert.Skip("There is no C compiler to make a native library with.");
        }

        using var folder = new TemporaryFolder();
        var library = NativeLibraryFile.Build(folder, "stuck", "void stuck(void) { for (volatile long i = 0;; i++) { } }");
        kernel.Execute($"using System.Runtime.InteropServices;\nstatic class Native {{ [DllImport(\"{library}\")] public static extern void stuck(); }}");
        var header = Start("Native.stuck();");
        kernel.Control("interrupt_request");
        kernel.Control("interrupt_request");
        var exchange = kernel.Await(header);
        Assert.Equal("Abandoned", (string?)exchange.Reply.Content["ename"]);
        Assert.Equal("3", kernel.Execute("1 + 2").Result);
    }

    [Fact]
    public void The_heartbeat_answers_while_a_cell_runs()
    {
        var header = Start("Thread.Sleep(500);");
        Assert.Equal("beat"u8.ToArray(), kernel.Beat("beat"u8.ToArray()));
        kernel.Await(header);
    }

    [Fact]
    public void An_interrupt_without_a_running_cell_does_nothing()
    {
        kernel.Control("interrupt_request");
        Assert.Equal("ok", kernel.Execute("1").Status);
    }

    /// <summary>Sends a cell and waits until it has begun.</summary>
    private JsonObject Start(string code)
    {
        var header = kernel.Send("execute_request", KernelClient.ExecuteContent("Console.Write(\"begun\"); " + code));
        kernel.AwaitPublished(header, message => message.Type == "stream");
        return header;
    }
}
