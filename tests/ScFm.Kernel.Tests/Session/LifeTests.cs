using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using ScFm.Kernel.Tests.Support;

namespace ScFm.Kernel.Tests.Session;

public sealed class LifeTests
{
    [Fact]
    public void A_forged_message_is_dropped_and_logged_and_the_kernel_lives()
    {
        using var kernel = new KernelClient();
        var forged = kernel.Encode("execute_request", KernelClient.ExecuteContent("Console.Write(\"forged\");"));
        forged[^1] = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(forged[^1]).Replace("forged", "FORGED"));
        kernel.SendRaw(forged);
        kernel.SendRaw(["not"u8.ToArray(), "a"u8.ToArray(), "message"u8.ToArray()]);

        var exchange = kernel.Execute("Console.Write(\"genuine\");");
        Assert.Equal("genuine", exchange.Stdout);
        Assert.Equal(1, (int)exchange.Reply.Content["execution_count"]!);
        Assert.DoesNotContain(kernel.Strays, message => message.Type == "stream");
        Assert.Contains("wrong signature", kernel.Log);
    }

    [Fact]
    public void Shutdown_is_answered_and_then_the_process_ends_even_while_a_cell_runs()
    {
        using var kernel = new KernelClient();
        var header = kernel.Send("execute_request", KernelClient.ExecuteContent("Console.Write(1); while (true) { }"));
        kernel.AwaitPublished(header, message => message.Type == "stream");
        Assert.Equal("ok", (string?)kernel.Control("shutdown_request", new JsonObject { ["restart"] = false }).Content["status"]);
        Assert.True(kernel.Process.WaitForExit(8000), "The kernel still ran 8 s after its shutdown.");
        Assert.Equal(0, kernel.Process.ExitCode);
    }

    [Theory]
    [InlineData(null, "connection.json")]
    [InlineData("{", "is not a Jupyter connection file")]
    [InlineData("{ \"shell_port\": 1 }", "is not a Jupyter connection file")]
    [InlineData("{ \"shell_port\": 1, \"iopub_port\": 2, \"stdin_port\": 3, \"control_port\": 4, \"hb_port\": 5, \"signature_scheme\": \"none\" }", "hmac-sha256")]
    public void A_bad_connection_file_is_told_in_one_line(string? content, string expected)
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("connection.json");
        if (content is not null)
        {
            File.WriteAllText(file, content);
        }

        var (exitCode, output) = Scfm.Run("kernel", "start", "--connection-file", file);
        Assert.Equal(1, exitCode);
        Assert.Contains(expected, output);
        Assert.Single(output.TrimEnd().Split('\n'));
    }

    [Fact]
    public void The_interrupt_signal_is_ignored()
    {
        using var kernel = new KernelClient();
        Scfm.Command("/bin/kill", new Dictionary<string, string>(), "-INT", kernel.Process.Id.ToString());
        Thread.Sleep(200);
        Assert.Equal("ok", kernel.Execute("1").Status);
    }

    [Fact]
    public void The_kernel_ends_when_its_parent_is_gone()
    {
        using Process parent = Process.Start("/bin/sleep", "60");
        using var kernel = new KernelClient(new Dictionary<string, string> { ["JPY_PARENT_PID"] = parent.Id.ToString() });
        Assert.Equal("ok", kernel.Execute("1").Status);
        parent.Kill();
        parent.WaitForExit();
        Assert.True(kernel.Process.WaitForExit(8000), "The kernel still ran 8 s after its parent's end.");
    }
}
