using ScFm.Interactive.Hosting;

namespace ScFm.Interactive.Tests.Verbs;

public sealed class NotebookHostTests
{
    [Fact]
    public void A_host_is_the_current_one_while_its_call_lasts_on_the_threads_that_the_call_starts_too()
    {
        var (before, host) = (NotebookHost.Current, new VerbNotebook());
        INotebookHost? onThread = null;
        var inCall = NotebookHost.During(host, () =>
        {
            var thread = new Thread(() => onThread = NotebookHost.Current);
            thread.Start();
            thread.Join();
            return NotebookHost.Current;
        });
        Assert.Same(host, inCall);
        Assert.Same(host, onThread);
        Assert.Same(before, NotebookHost.Current);
    }

    [Fact]
    public void A_call_that_throws_gives_the_former_host_back()
    {
        var before = NotebookHost.Current;
        Assert.Throws<InvalidOperationException>(() => NotebookHost.During<int>(new VerbNotebook(), () => throw new InvalidOperationException()));
        Assert.Same(before, NotebookHost.Current);
    }
}
