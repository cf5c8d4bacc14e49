using ScFm.Model.Files;

namespace ScFm.Model.Tests.Files;

public sealed class AtomicFolderTests
{
    [Fact]
    public void A_folder_is_replaced_by_the_new_one_and_nothing_is_left_beside_it()
    {
        using var folder = new TemporaryFolder();
        var target = folder.File("above", "model");
        AtomicFolder.Write(target, Two("first"));
        AtomicFolder.Write(target + "/", Two("second"));
        Assert.Equal("second", File.ReadAllText(Path.Combine(target, "a")));
        Assert.Equal("second", File.ReadAllText(Path.Combine(target, "inner", "b")));
        Assert.Equal([target], Directory.GetFileSystemEntries(folder.File("above")));
    }

    [Fact]
    public void Where_writing_fails_the_old_folder_stays_as_it_was()
    {
        using var folder = new TemporaryFolder();
        var target = folder.File("model");
        Assert.Throws<InvalidOperationException>(() => AtomicFolder.Write(target, Half));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
        AtomicFolder.Write(target, Two("first"));
        Assert.Throws<InvalidOperationException>(() => AtomicFolder.Write(target, Half));
        Assert.Equal("first", File.ReadAllText(Path.Combine(target, "a")));
        Assert.Equal([target], Directory.GetFileSystemEntries(folder.Path));

        static void Half(string inside)
        {
            File.WriteAllText(Path.Combine(inside, "a"), "half");
            throw new InvalidOperationException("the disk is full");
        }
    }

    [Fact]
    public void A_folder_that_holds_other_things_is_left_alone()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("home", "inner"));
        File.WriteAllText(folder.File("home", "inner", "thesis.txt"), "years of work");
        var error = Assert.Throws<IOException>(() => AtomicFolder.Write(folder.File("home"), Two("new")));
        Assert.Equal($"'{folder.File("home")}' holds inner/thesis.txt, which would be lost; expected a new folder, an empty one, or one that was written before.", error.Message);
        Assert.Equal("years of work", File.ReadAllText(folder.File("home", "inner", "thesis.txt")));
        Assert.Equal([folder.File("home")], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_file_in_its_place_is_named()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("model", "a file");
        Assert.Equal($"'{path}' is a file; expected a folder or a new name.", Assert.Throws<IOException>(() => AtomicFolder.Write(path, Two("x"))).Message);
        Assert.Equal("a file", File.ReadAllText(path));
    }

    [Fact]
    public void What_is_being_written_is_left_alone_by_another_writer_of_the_same_folder()
    {
        using var folder = new TemporaryFolder();
        var target = folder.File("model");
        AtomicFolder.Write(target, slow =>
        {
            AtomicFolder.Write(target, Two("quick"));
            Assert.True(Directory.Exists(slow));
            Two("slow")(slow);
        });
        Assert.Equal("slow", File.ReadAllText(Path.Combine(target, "a")));
        Assert.Equal([target], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void What_a_dead_writer_left_is_cleared_and_what_only_looks_like_it_is_not()
    {
        using var folder = new TemporaryFolder();
        var target = folder.File("model");
        var left = $"{target}.{Guid.NewGuid():N}.tmp";
        Two("half")(Directory.CreateDirectory(left).FullName);
        File.WriteAllText(left + ".lock", "");
        var mine = Directory.CreateDirectory(folder.File("model.mine.tmp")).FullName;
        File.WriteAllText(mine + ".lock", "");
        AtomicFolder.Write(target, Two("new"));
        Assert.Equal([target, mine, mine + ".lock"], Directory.GetFileSystemEntries(folder.Path).Order());
    }

    [Fact]
    public void Files_that_the_caller_owns_may_be_lost()
    {
        using var folder = new TemporaryFolder();
        var target = folder.File("model");
        AtomicFolder.Write(target, inside => File.WriteAllText(Path.Combine(inside, "old"), ""));
        AtomicFolder.Write(target, Two("new"), name => name == "old");
        Assert.False(File.Exists(Path.Combine(target, "old")));
    }

    private static Action<string> Two(string text) => inside =>
    {
        File.WriteAllText(Path.Combine(inside, "a"), text);
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(inside, "inner")).FullName, "b"), text);
    };
}
