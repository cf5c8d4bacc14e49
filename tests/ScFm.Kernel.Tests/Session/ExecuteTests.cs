using System.Text.Json.Nodes;
using ScFm.Kernel.Protocol;
using ScFm.Kernel.Tests.Support;

namespace ScFm.Kernel.Tests.Session;

public sealed class ExecuteTests(KernelClient kernel) : IClassFixture<KernelClient>
{
    [Fact]
    public void A_value_comes_back_between_busy_and_idle_with_the_request_as_parent()
    {
        var exchange = kernel.Execute("1 + 1");
        Assert.Equal(["status", "execute_input", "execute_result", "status"], exchange.Types);
        Assert.Equal("busy", (string?)exchange.Published[0].Content["execution_state"]);
        Assert.Equal("idle", (string?)exchange.Published[^1].Content["execution_state"]);
        Assert.Equal("2", exchange.Result);
        Assert.Equal("ok", exchange.Status);
        Assert.Equal((int?)exchange.Reply.Content["execution_count"], (int?)exchange.Single("execute_result")!["execution_count"]);
    }

    [Fact]
    public void Variables_methods_types_and_usings_last_from_cell_to_cell()
    {
        kernel.Execute("using System.Text;\nrecord Gene(string Name);\nint Twice(int x) => 2 * x;\nvar gene = new Gene(\"CD3E\");");
        Assert.Equal("CD3E 14", kernel.Execute("new StringBuilder(gene.Name).Append(' ').Append(Twice(7)).ToString()").Result);
    }

    [Fact]
    public void A_cell_may_await()
    {
        Assert.Equal("5", kernel.Execute("await Task.Delay(5);\nawait Task.Run(() => 5)").Result);
    }

    [Fact]
    public void A_cell_of_usings_or_comments_alone_is_no_error()
    {
        Assert.Equal("ok", kernel.Execute("using System.Text.RegularExpressions;").Status);
        Assert.Equal("ok", kernel.Execute("// nothing").Status);
        Assert.Equal("ok", kernel.Execute("").Status);
        Assert.Equal("a+", kernel.Execute("new Regex(\"a+\").ToString()").Result?.Trim('"'));
    }

    [Fact]
    public void Output_arrives_while_the_cell_still_runs()
    {
        var header = kernel.Send("execute_request", KernelClient.ExecuteContent("Console.Write(\"early\"); Thread.Sleep(1500); Console.Write(\"late\");"));
        var first = kernel.AwaitPublished(header, message => message.Type == "stream");
        Assert.Equal("early", (string?)first.Content["text"]);
        Assert.Equal("late", kernel.Await(header).Stdout);
    }

    [Fact]
    public void The_two_streams_keep_their_order()
    {
        var exchange = kernel.Execute("Console.Write(1); Console.Error.Write(2); Console.Write(3); display(4); Console.Write(5);");
        Assert.Equal(["stream", "stream", "stream", "display_data", "stream"], exchange.Types.Skip(2).SkipLast(1));
        Assert.Equal("135", exchange.Stdout);
        Assert.Equal("2", exchange.Stderr);
    }

    [Fact]
    public void Output_of_a_background_thread_goes_to_the_cell_that_started_it()
    {
        var first = kernel.Send("execute_request", KernelClient.ExecuteContent("_ = Task.Run(async () => { await Task.Delay(400); Console.Write(\"from the first\"); });"));
        kernel.Await(first);
        kernel.Strays.Clear();
        var second = kernel.Execute("Thread.Sleep(800); Console.Write(\"from the second\");");
        Assert.Equal("from the second", second.Stdout);
        var stray = Assert.Single(kernel.Strays, message => message.Type == "stream");
        Assert.True(KernelClient.IsChild(stray, first));
        Assert.Equal("from the first", (string?)stray.Content["text"]);
    }

    [Fact]
    public void A_display_can_be_replaced_in_place()
    {
        var exchange = kernel.Execute("var shown = display(\"first\");\nshown.Update(HTML(\"<b>second</b>\"));");
        var display = exchange.Single("display_data")!;
        var update = exchange.Single("update_display_data")!;
        Assert.Equal("first", (string?)display["data"]!["text/plain"]);
        Assert.Equal("<b>second</b>", (string?)update["data"]!["text/html"]);
        Assert.Equal((string?)display["transient"]!["display_id"], (string?)update["transient"]!["display_id"]);
        Assert.IsType<JsonObject>(display["metadata"]);
    }

    [Fact]
    public void An_exception_is_told_by_the_lines_of_the_notebook_with_its_causes()
    {
        var exchange = kernel.Execute(
            """
            int Divide(int x)
            {
                try { return x / (x - x); }
                catch (Exception e) { throw new InvalidOperationException("no share", e); }
            }

            Divide(3)
            """);
        Assert.Equal("error", exchange.Status);
        Assert.Equal("InvalidOperationException", (string?)exchange.Reply.Content["ename"]);
        Assert.Equal("no share", (string?)exchange.Reply.Content["evalue"]);
        var number = (int)exchange.Reply.Content["execution_count"]!;
        Assert.Contains($"Cell [{number}], line 4, in Divide", exchange.Trace);
        Assert.Contains($"Cell [{number}], line 7\n      Divide(3)", exchange.Trace);
        Assert.Contains("Caused by DivideByZeroException: Attempted to divide by zero.", exchange.Trace);
        Assert.Contains($"Cell [{number}], line 3, in Divide", exchange.Trace);
        Assert.DoesNotContain("ScFm.Kernel", exchange.Trace);
    }

    [Fact]
    public void A_library_that_throws_is_named_above_the_cell()
    {
        var exchange = kernel.Execute("\nint.Parse(\"x\")");
        Assert.Contains("at System.Number", exchange.Trace);
        Assert.Contains(", line 2\n      int.Parse(\"x\")", exchange.Trace);
    }

    [Fact]
    public void An_index_out_of_range_is_told_by_the_lines_that_index()
    {
        kernel.Execute("int[] few = [1];");
        Assert.Contains(", line 2\n      few[2]", kernel.Execute("int at = 2;\nfew[2]").Trace);
        Assert.Contains(", one of the lines 1, 3", kernel.Execute("int first = few[0];\nint next = first + 1;\nint last = few[next];").Trace);
    }

    [Fact]
    public void A_compile_error_has_its_line_and_a_caret_and_leaves_the_variables_alone()
    {
        kernel.Execute("int kept = 42;");
        var exchange = kernel.Execute("int kept = 1;\nint y = nowhere + 1;");
        Assert.Equal("CompilationError", (string?)exchange.Reply.Content["ename"]);
        Assert.Contains("(2,9): CS0103", exchange.Trace);
        Assert.Contains("    int y = nowhere + 1;\n            ^^^^^^^", exchange.Trace);
        Assert.Equal("42", kernel.Execute("kept").Result);
    }

    [Fact]
    public void Variables_set_before_an_exception_stay()
    {
        kernel.Execute("int reached = 7;\nthrow new Exception(\"after\");");
        Assert.Equal("7", kernel.Execute("reached").Result);
    }

    [Fact]
    public void An_error_aborts_the_cells_that_wait()
    {
        var failing = kernel.Send("execute_request", KernelClient.ExecuteContent("Thread.Sleep(300); throw new Exception();"));
        var waiting = kernel.Send("execute_request", KernelClient.ExecuteContent("Console.Write(\"must not run\");"));
        Assert.Equal("error", kernel.Await(failing).Status);
        var aborted = kernel.Await(waiting);
        Assert.Equal("aborted", aborted.Status);
        Assert.Equal("", aborted.Stdout);
        Assert.Equal("ok", kernel.Execute("1").Status);
    }

    [Fact]
    public void An_error_does_not_abort_where_the_front_end_says_so()
    {
        var failing = kernel.Send("execute_request", KernelClient.ExecuteContent("Thread.Sleep(300); throw new Exception();", stopOnError: false));
        var waiting = kernel.Send("execute_request", KernelClient.ExecuteContent("Console.Write(\"runs\");"));
        Assert.Equal("error", kernel.Await(failing).Status);
        Assert.Equal("runs", kernel.Await(waiting).Stdout);
    }

    [Fact]
    public void A_silent_cell_shows_nothing_and_counts_nothing()
    {
        var before = (int)kernel.Execute("0").Reply.Content["execution_count"]!;
        var exchange = kernel.Execute("Console.Write(\"x\"); 5", silent: true);
        Assert.Equal(["status", "status"], exchange.Types);
        Assert.Equal(before + 1, (int)kernel.Execute("0").Reply.Content["execution_count"]!);
    }

    [Fact]
    public void User_expressions_are_answered_each_for_itself()
    {
        var expressions = new JsonObject { ["good"] = "6 * 7", ["bad"] = "nowhere" };
        var values = kernel.Ask("execute_request", KernelClient.ExecuteContent("int z = 1;", expressions: expressions)).Reply.Content["user_expressions"]!;
        Assert.Equal("42", (string?)values["good"]!["data"]!["text/plain"]);
        Assert.Equal("error", (string?)values["bad"]!["status"]);
    }

    [Fact]
    public void An_unknown_magic_command_is_told_in_one_sentence()
    {
        var exchange = kernel.Execute("Console.Write(\"before\");\n#!nothing here\nConsole.Write(\"after\");");
        Assert.Equal("before", exchange.Stdout);
        Assert.Equal("'#!nothing' is not a magic command: #!scfm, #!time or #!help was expected.", (string?)exchange.Reply.Content["evalue"]);
    }

    [Fact]
    public void A_cell_that_asks_for_input_is_told_that_there_is_none()
    {
        Assert.Equal("A cell cannot read from the console: give the value in a variable.", (string?)kernel.Execute("Console.ReadLine()").Reply.Content["evalue"]);
    }

    [Fact]
    public void A_time_limit_of_the_cell_itself_is_not_taken_for_an_interruption()
    {
        Assert.Equal("TaskCanceledException", (string?)kernel.Execute("await Task.Delay(60000, new CancellationTokenSource(10).Token);").Reply.Content["ename"]);
    }

    [Fact]
    public void A_script_file_can_be_loaded()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("helper.csx"), "int Thrice(int x) => 3 * x;");
        Assert.Equal("12", kernel.Execute($"#load \"{folder.File("helper.csx")}\"\nThrice(4)").Result);
        Assert.Equal("15", kernel.Execute("Thrice(5)").Result);
    }

    [Fact]
    public void A_hundred_cells_cost_little_memory()
    {
        const string measure = "GC.Collect(); GC.WaitForPendingFinalizers(); GC.GetTotalMemory(true) >> 10";
        var before = long.Parse(kernel.Execute(measure).Result!.Replace(",", ""));
        for (var i = 0; i < 100; i++)
        {
            kernel.Execute($"int many{i} = {i};");
        }

        var growth = long.Parse(kernel.Execute(measure).Result!.Replace(",", "")) - before;
        Assert.True(growth < 20_000, $"100 cells took {growth} KiB; at most 20,000 were expected.");
    }

    [Fact]
    public void Time_is_told_for_the_rest_of_the_cell()
    {
        Assert.Matches(@"^Time: \d+\.\d+ m?s\n$", kernel.Execute("#!time\nThread.Sleep(20);").Stdout);
    }
}
