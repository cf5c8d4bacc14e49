using ScFm.Model.Files.Hdf5;

namespace ScFm.Model.Tests.Files;

public sealed class ChunkCacheTests
{
    private readonly ChunkCache cache = new(1000);
    private readonly object[] files = [new(), new()];

    [Fact]
    public void What_was_used_last_of_all_files_is_kept_within_one_budget()
    {
        for (var number = 0; number < 6; number++)
        {
            cache.Keep(new(files[number % 2], 8, number), new byte[300]);
            Assert.NotNull(cache.Find(new(files[0], 8, 0)));
        }

        Assert.Equal(900, cache.Held);
        Assert.Equal([0, 4, 5], Enumerable.Range(0, 6).Where(number => cache.Find(new(files[number % 2], 8, number)) is not null));
    }

    [Fact]
    public void The_same_number_in_another_array_or_file_is_another_chunk()
    {
        cache.Keep(new(files[0], 8, 3), [1]);
        cache.Keep(new(files[0], 9, 3), [2]);
        cache.Keep(new(files[1], 8, 3), [3]);

        Assert.Equal([1], cache.Find(new(files[0], 8, 3)));
        Assert.Equal([2], cache.Find(new(files[0], 9, 3)));
        Assert.Equal([3], cache.Find(new(files[1], 8, 3)));
    }

    [Fact]
    public void The_chunks_of_a_file_go_when_it_is_closed()
    {
        cache.Keep(new(files[0], 8, 0), new byte[300]);
        cache.Keep(new(files[1], 8, 0), new byte[200]);

        cache.Forget(files[0]);

        Assert.Null(cache.Find(new(files[0], 8, 0)));
        Assert.Equal(200, cache.Held);
    }

    [Fact]
    public void Chunks_beyond_the_budget_are_kept_two_at_a_time()
    {
        for (var number = 0; number < 4; number++)
        {
            cache.Keep(new(files[0], 8, number), new byte[2000]);
        }

        Assert.Equal([2, 3], Enumerable.Range(0, 4).Where(number => cache.Find(new(files[0], 8, number)) is not null));
    }
}
