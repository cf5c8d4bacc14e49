using ScFm.Model.Corpora;
using ScFm.Model.Tables;

namespace ScFm.Model.Tests.Corpora;

public sealed class SamplerTests
{
    private const int Cells = 1003;

    private static readonly double[] weights = [.. Enumerable.Range(0, Cells).Select(cell => cell % 10 == 0 ? 0 : (double)(cell % 3 + 1))];
    private static readonly Column types = CategoryColumn.FromLabels("type", Enumerable.Range(0, Cells).Select(cell => cell == 5 ? null : cell % 100 < 2 ? "rare" : cell % 4 == 0 ? "some" : "many"));

    public static TheoryData<string> All => ["uniform", "blocks", "weighted", "balanced"];

    private static CellSampler Make(string kind, int seed = 0, int rank = 0, int ranks = 1) => kind switch
    {
        "uniform" => new UniformSampler(Cells, seed, rank, ranks),
        "blocks" => new BlockShuffledSampler(Cells, 16, 8, seed, rank, ranks),
        "weighted" => new WeightedSampler(weights, 0, seed, rank, ranks),
        _ => new ClassBalancedSampler(types, 0, seed, rank, ranks),
    };

    [Theory]
    [MemberData(nameof(All))]
    public void An_order_depends_on_seed_and_epoch_alone(string kind)
    {
        var order = Make(kind, seed: 3).Order(5);
        var other = Make(kind, seed: 3);
        other.Order(0);
        Assert.Equal(order, other.Order(5));
        Assert.NotEqual(order, other.Order(6));
        Assert.NotEqual(order, Make(kind, seed: 4).Order(5));
        Assert.Equal(Cells, order.Length);
        Assert.All(order, cell => Assert.InRange(cell, 0, Cells - 1));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Ranks_share_an_epoch_in_stretches_of_one_length(string kind)
    {
        var whole = Make(kind).Order(2);
        CellSampler[] ranks = [.. Enumerable.Range(0, 4).Select(rank => Make(kind, 0, rank, 4))];
        Assert.Equal(whole.Take(1000), ranks.SelectMany(rank => rank.Order(2)));
        Assert.All(ranks, rank => Assert.Equal(250, rank.Length));
        Assert.Equal(4, ranks.Select(rank => rank.ToString()).Distinct().Count());
    }

    [Theory]
    [InlineData("uniform")]
    [InlineData("blocks")]
    public void Every_cell_stands_once_in_an_epoch(string kind) => Assert.Equal(Enumerable.Range(0, Cells), Make(kind).Order(1).Order());

    [Fact]
    public void Cells_are_left_out_at_random_where_ranks_do_not_divide_them()
    {
        int[] LeftOut(int epoch) => [.. Enumerable.Range(0, Cells).Except(Enumerable.Range(0, 4).SelectMany(rank => Make("uniform", 0, rank, 4).Order(epoch)))];
        Assert.Equal(3, LeftOut(0).Length);
        Assert.NotEqual(LeftOut(0), LeftOut(1));
    }

    [Fact]
    public void A_uniform_order_puts_every_cell_everywhere()
    {
        var sampler = new UniformSampler(4);
        var orders = Enumerable.Range(0, 4800).GroupBy(epoch => string.Join("", sampler.Order(epoch))).ToArray();
        Assert.Equal(24, orders.Length);
        Assert.All(orders, order => Assert.InRange(order.Count(), 200 - 5 * 14, 200 + 5 * 14)); // five standard deviations
    }

    [Fact]
    public void A_buffer_holds_whole_blocks()
    {
        var order = new BlockShuffledSampler(1000, 10, 5).Order(0);
        Assert.All(order.Chunk(50), buffer => Assert.Equal(5, buffer.Select(cell => cell / 10).Distinct().Count()));
        Assert.NotEqual(order.Take(50).Order(), order.Take(50));
    }

    [Fact]
    public void Weights_say_how_often_a_cell_is_drawn()
    {
        var sampler = new WeightedSampler([0, 1, 3, 0, 6, 0], draws: 100_000, seed: 1);
        var counts = sampler.Order(0).CountBy(cell => cell).ToDictionary();
        Assert.Equal([1, 2, 4], counts.Keys.Order());
        Assert.InRange(counts[1], 9_500, 10_500);
        Assert.InRange(counts[2], 29_200, 30_800);
    }

    [Fact]
    public void The_words_of_a_sampler_change_with_the_order_of_weights_and_of_labels()
    {
        Assert.NotEqual(new WeightedSampler([1, 2, 3]).ToString(), new WeightedSampler([2, 1, 3]).ToString());
        Assert.Equal(new WeightedSampler([1, 2, 3]).ToString(), new WeightedSampler([1, 2, 3]).ToString());
        Assert.NotEqual(new ClassBalancedSampler(new TextColumn("t", ["a", "a", "b", "b"])).ToString(), new ClassBalancedSampler(new TextColumn("t", ["a", "b", "a", "b"])).ToString());
    }

    [Fact]
    public void Weights_that_are_none_are_named()
    {
        Assert.StartsWith("The weight of cell 1 is -1; expected", Assert.Throws<ArgumentException>(() => new WeightedSampler([1, -1])).Message);
        Assert.StartsWith("The weight of cell 0 is NaN; expected", Assert.Throws<ArgumentException>(() => new WeightedSampler([double.NaN])).Message);
        Assert.StartsWith("The weights of all 2 cells together are 0; expected", Assert.Throws<ArgumentException>(() => new WeightedSampler([0, 0])).Message);
    }

    [Fact]
    public void Classes_come_equally_often_and_their_cells_in_turn()
    {
        var order = Make("balanced").Order(0);
        var counts = order.CountBy(cell => types[cell]!).ToDictionary();
        Assert.Equal([334, 334, 335], counts.Values.Order());
        Assert.DoesNotContain(5, order); // it has no label
        var rare = order.Where(cell => Equals(types[cell], "rare")).CountBy(cell => cell).Select(cell => cell.Value).ToArray();
        Assert.Equal(22, rare.Length);
        Assert.InRange(rare.Max() - rare.Min(), 0, 1);
        Assert.Throws<ArgumentException>(() => new ClassBalancedSampler(new TextColumn("type", [null, null])));
    }

    [Fact]
    public void Entropy_is_one_of_a_uniform_order_none_of_a_file_in_order_and_between_them_for_blocks()
    {
        double OfPlaces(int blockSize, int buffer) => ShuffleEntropy.OfPlaces(new BlockShuffledSampler(20_000, blockSize, buffer), 20_000, batchSize: 50);
        var uniform = ShuffleEntropy.OfPlaces(new UniformSampler(20_000), 20_000, batchSize: 50);
        Assert.InRange(uniform, 0.995, 1.005);
        Assert.InRange(OfPlaces(2000, 1), 0, 1e-9); // a tenth of the file at a time: no batch has cells of two
        double[] rising = [OfPlaces(64, 1), OfPlaces(64, 4), OfPlaces(64, 16), OfPlaces(64, 256)];
        Assert.Equal(rising.Order(), rising);
        Assert.InRange(rising[1], 0.3, 0.8);
        Assert.InRange(rising[3], 0.97, 1.005);
    }

    [Fact]
    public void Entropy_of_labels_is_the_one_that_the_draws_of_two_cells_can_be_counted_for()
    {
        // Of 2 x A and 2 x B a batch of two is mixed in 2 of 3 draws, with the entropy ln 2.
        var labels = new TextColumn("donor", ["A", "A", "B", "B"]);
        var sampler = new UniformSampler(4, seed: 2);
        var mixed = Enumerable.Range(0, 300).Select(epoch => (Found: ShuffleEntropy.OfLabels(sampler, labels, 2, epoch), Mixed: labels[sampler.Order(epoch)[0]] != labels[sampler.Order(epoch)[1]])).ToArray();
        Assert.All(mixed, epoch => Assert.Equal(epoch.Mixed ? 1.5 : 0, epoch.Found, 1e-9));
        Assert.Contains(mixed, epoch => !epoch.Mixed);
    }

    [Fact]
    public void Options_make_the_sampler_of_a_column_of_obs()
    {
        var obs = new Table(new IntegerColumn("weight", [0, 1, 0]), new TextColumn("type", ["a", "b", null]));
        Assert.Equal([1, 1, 1], new SamplingOptions { Kind = SamplingKind.Weighted, Column = "weight" }.Validated().Sampler(obs, 0)!.Order(0));
        Assert.IsType<ClassBalancedSampler>(new SamplingOptions { Kind = SamplingKind.Balanced, Column = "type" }.Sampler(obs, 0));
        Assert.Null(new SamplingOptions().Sampler(obs, 0));
        Assert.Contains("expected numbers", Assert.Throws<ArgumentException>(() => new SamplingOptions { Kind = SamplingKind.Weighted, Column = "type" }.Sampler(obs, 0)).Message);
        Assert.Contains("Column is not given", Assert.Throws<ArgumentException>(() => new SamplingOptions { Kind = SamplingKind.Balanced }.Validated()).Message);
        Assert.Throws<ArgumentException>(() => new SamplingOptions { BlockSize = 0 }.Validated());
    }

    [Theory]
    [InlineData(-1, 2)]
    [InlineData(2, 2)]
    [InlineData(0, 0)]
    public void A_rank_that_is_none_is_refused(int rank, int ranks) => Assert.Throws<ArgumentOutOfRangeException>(() => new UniformSampler(10, 0, rank, ranks));
}
