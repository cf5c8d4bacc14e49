using ScFm.Torch.Extras;

namespace ScFm.Torch.Tests.Extras;

public sealed class AutocastTests
{
    [Fact]
    public void Products_are_cast_inside_the_scope_and_what_rounding_would_harm_is_not()
    {
        using var scope = NewDisposeScope();
        var (layer, norm, x) = (nn.Linear(8, 4), nn.LayerNorm(4), randn(3, 8));
        Assert.Null(Autocast.Current(DeviceType.CPU));
        using (Autocast.Begin(DeviceType.CPU, ScalarType.BFloat16))
        {
            Assert.Equal(ScalarType.BFloat16, Autocast.Current(DeviceType.CPU));
            var y = layer.call(x);
            Assert.Equal(ScalarType.BFloat16, y.dtype);
            Assert.Equal(ScalarType.Float32, norm.call(y).dtype);
            Assert.Equal(ScalarType.Float32, y.exp().dtype);
            using (Autocast.Begin(DeviceType.CPU, null)) Assert.Equal(ScalarType.Float32, layer.call(x).dtype);
            Assert.Equal(ScalarType.BFloat16, matmul(x, x.t()).dtype);
        }

        Assert.Null(Autocast.Current(DeviceType.CPU));
        Assert.Equal(ScalarType.Float32, layer.call(x).dtype);
    }

    [Fact]
    public void Gradients_arrive_in_float32_and_near_those_without_casting()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var (layer, norm, x) = (nn.Linear(64, 32), nn.LayerNorm(32), randn(16, 64));
        Tensor[] Gradients(ScalarType? type)
        {
            layer.zero_grad();
            Tensor loss;
            using (Autocast.Begin(DeviceType.CPU, type)) loss = norm.call(layer.call(x)).exp().sum();
            loss.backward();
            return [.. layer.parameters().Select(parameter => parameter.grad!)];
        }

        var (exact, cast) = (Gradients(null), Gradients(ScalarType.BFloat16));
        foreach (var (wanted, found) in exact.Zip(cast))
        {
            Assert.Equal(ScalarType.Float32, found.dtype);
            var error = ((found - wanted).norm() / wanted.norm()).item<float>();
            Assert.InRange(error, 1e-5, 0.02); // a bfloat16 has 8 bits
        }
    }

    [Fact]
    public void Weights_that_a_step_changed_between_two_scopes_are_cast_anew()
    {
        using var scope = NewDisposeScope();
        var (layer, x) = (nn.Linear(4, 4, hasBias: false), ones(1, 4));
        Tensor Cast()
        {
            using var _ = Autocast.Begin(DeviceType.CPU, ScalarType.BFloat16);
            return layer.call(x);
        }

        var before = Cast();
        using (no_grad()) layer.weight.mul_(2);
        Cast().to(ScalarType.Float32).ShouldBe([.. before.to(ScalarType.Float32).data<float>().ToArray().Select(value => 2.0 * value)]);
    }

    [Fact]
    public void The_scope_holds_for_its_own_thread_only()
    {
        using var _ = Autocast.Begin(DeviceType.CPU, ScalarType.BFloat16);
        var seen = ScalarType.BFloat16 as ScalarType?;
        var thread = new Thread(() => seen = Autocast.Current(DeviceType.CPU));
        thread.Start();
        thread.Join();
        Assert.Null(seen);
    }

    [Fact]
    public void The_random_state_of_a_device_that_was_put_back_gives_the_same_numbers()
    {
        using var scope = NewDisposeScope();
        var device = cuda.is_available() ? CUDA : CPU;
        var state = RandomState.Get(device);
        var first = rand(5, device: device);
        RandomState.Set(device, state);
        Assert.Equal(first.cpu().data<float>().ToArray(), rand(5, device: device).cpu().data<float>().ToArray());
    }
}
