using TorchSharp.Utils;

namespace ScFm.Torch.Tests.Nn;

public sealed class ModuleTests
{
    private sealed class Net : Module<Tensor, Tensor>
    {
        [ComponentName(Name = "first")] private readonly Linear named;
        private readonly ModuleList<Linear> list;
        private readonly Parameter scale;
        private readonly Tensor table;
        private readonly Dropout drop;

        public Net() : base("net")
        {
            named = Linear(3, 4);
            list = ModuleList(Linear(4, 4, hasBias: false), Linear(4, 2));
            scale = Parameter(tensor(new[] { 2f }));
            table = arange(2);
            drop = Dropout(0.5);
            RegisterComponents();
        }

        public Tensor Table => table;

        public override Tensor forward(Tensor input)
        {
            using var scope = NewDisposeScope();
            var x = named.call(input);
            foreach (var layer in list) x = layer.call(x);
            return (drop.call(x) * scale).MoveToOuterDisposeScope();
        }
    }

    [Fact]
    public void Names_are_those_of_fields_and_positions()
    {
        using var net = new Net();
        Assert.Equal(["first.bias", "first.weight", "list.0.weight", "list.1.bias", "list.1.weight", "scale", "table"], net.state_dict().Keys.Order());
        Assert.Equal(["drop", "first", "list"], net.named_children().Select(child => child.name).Order());
        Assert.Equal(6, net.parameters().Count());
        Assert.Equal("net", net.GetName());
        Assert.True(net.has_parameter("list.1.bias"));
        Assert.True(net.has_buffer("table"));
    }

    [Fact]
    public void A_saved_module_loads_into_another()
    {
        using Net a = new(), b = new();
        using var stream = new MemoryStream();
        a.save(new BinaryWriter(stream));
        stream.Position = 0;
        b.load(new BinaryReader(stream));
        foreach (var (name, tensor) in a.state_dict()) Assert.True(tensor.Equals(b.state_dict()[name]), name);
        using Net c = new();
        c.load_state_dict(a.state_dict());
        Assert.True(c.get_parameter("scale")!.Equals(a.get_parameter("scale")!));
    }

    [Fact]
    public void A_state_with_other_names_is_refused_by_name()
    {
        using var net = new Net();
        var state = net.state_dict();
        state.Remove("scale");
        state["surplus"] = state["table"];
        var error = Assert.Throws<InvalidOperationException>(() => net.load_state_dict(state));
        Assert.Contains("scale", error.Message);
        Assert.Contains("surplus", error.Message);
        var (missing, unexpected) = net.load_state_dict(state, strict: false);
        Assert.Equal(["scale"], missing);
        Assert.Equal(["surplus"], unexpected);
    }

    [Fact]
    public void Conversion_replaces_parameters_and_keeps_integer_buffers()
    {
        using var net = new Net();
        var before = net.get_parameter("first.weight")!.Doubles();
        net.to(bfloat16);
        Assert.All(net.parameters(), parameter => Assert.Equal(bfloat16, parameter.dtype));
        Assert.Equal(int64, net.Table.dtype);
        net.get_parameter("first.weight")!.ShouldBe(before, 0.01);
        net.to(float32).eval();
        using var result = net.call(ones(1, 3));
        Assert.Equal(float32, result.dtype);
        Assert.Throws<ArgumentException>(() => net.to(int64));
    }

    [Fact]
    public void Bfloat16_runs_forward_and_backward()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        using var exact = Sequential(Linear(8, 16), GELU(), LayerNorm(16), Linear(16, 1));
        using var rough = Sequential(Linear(8, 16), GELU(), LayerNorm(16), Linear(16, 1));
        rough.load_state_dict(exact.state_dict());
        rough.to(bfloat16);
        var x = randn(4, 8);
        exact.call(x).sum().backward();
        rough.call(x.bfloat16()).sum().backward();
        foreach (var (fine, coarse) in exact.parameters().Zip(rough.parameters()))
        {
            Assert.Equal(bfloat16, coarse.grad!.dtype);
            var distance = (fine.grad! - coarse.grad!.@float()).norm().ToDouble();
            Assert.True(distance <= 0.03 * Math.Max(0.1, fine.grad!.norm().ToDouble()), $"{distance}");
        }
    }

    [Fact]
    public void Training_and_evaluation_reach_every_part()
    {
        using var net = new Net();
        Assert.All(net.modules(), module => Assert.True(module.training));
        net.eval();
        Assert.All(net.modules(), module => Assert.False(module.training));
        using var x = ones(1, 3);
        Assert.True(net.call(x).Equals(net.call(x)));
    }

    [Fact]
    public void Hooks_see_and_change_calls()
    {
        using var layer = Identity();
        using var x = ones(2);
        var before = layer.register_forward_pre_hook((_, input) => input * 3);
        var after = layer.register_forward_hook((_, _, result) => result + 1);
        layer.call(x).ShouldBe([4, 4]);
        before.remove();
        after.remove();
        layer.call(x).ShouldBe([1, 1]);
    }

    [Fact]
    public void A_disposed_module_disposes_its_tensors()
    {
        var net = new Net();
        Tensor[] all = [.. net.state_dict().Values];
        net.Dispose();
        Assert.All(all, tensor => Assert.True(tensor.IsInvalid));
    }
}
