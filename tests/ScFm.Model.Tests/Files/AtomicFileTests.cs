using ScFm.Model.Files;

namespace ScFm.Model.Tests.Files;

public sealed class AtomicFileTests
{
    [Fact]
    public void A_file_is_replaced_whole_and_missing_folders_are_made()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("new/deep/file.txt");
        AtomicFile.WriteText(path, "first, which is longer");
        AtomicFile.WriteText(path, "second");
        Assert.Equal("second", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void A_write_that_fails_leaves_the_old_content_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("file.txt", "old");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write("half of the ne"u8);
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_target_that_cannot_be_replaced_leaves_no_temporary_file()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("taken"));
        Assert.ThrowsAny<Exception>(() => AtomicFile.WriteText(folder.File("taken"), "text"));
        Assert.Empty(Directory.GetFiles(folder.Path));
        Assert.True(Directory.Exists(folder.File("taken")));
    }

    [Fact]
    public async Task Readers_see_the_old_or_the_new_content_and_never_a_part()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("file.txt");
        string[] contents = [new('a', 300_000), new('b', 200_000)];
        AtomicFile.WriteText(path, contents[0]);
        using var done = new CancellationTokenSource();
        var reader = Task.Run(() =>
        {
            var reads = 0;
            for (; !done.IsCancellationRequested || reads < 5; reads++)
            {
                Assert.Contains(File.ReadAllText(path), contents);
            }
            return reads;
        });
        for (var i = 1; i <= 30; i++)
        {
            AtomicFile.WriteText(path, contents[i % 2]);
        }
        await done.CancelAsync();
        Assert.True(await reader >= 5);
    }
}
