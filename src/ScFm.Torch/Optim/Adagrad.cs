using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Gradient descent with a rate that falls with the sum of squared gradients (Duchi et al. 2011).</summary>
    public class Adagrad : OptimizerHelper
    {
        /// <summary>Adagrad over these parameters.</summary>
        public Adagrad(
            IEnumerable<Parameter> parameters, double lr = 1e-2, double lr_decay = 0, double weight_decay = 0, double initial_accumulator_value = 0,
            double eps = 1e-10)
            : this([new ParamGroup { Parameters = parameters }], lr, lr_decay, weight_decay, initial_accumulator_value, eps) { }

        /// <summary>Adagrad over groups with options of their own.</summary>
        public Adagrad(
            IEnumerable<ParamGroup> parameters, double lr = 1e-2, double lr_decay = 0, double weight_decay = 0, double initial_accumulator_value = 0,
            double eps = 1e-10)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(lr);
            ArgumentOutOfRangeException.ThrowIfNegative(lr_decay);
            ArgumentOutOfRangeException.ThrowIfNegative(weight_decay);
            ArgumentOutOfRangeException.ThrowIfNegative(eps);
            _defaults = new Options
            {
                LearningRate = lr,
                InitialLearningRate = lr,
                lr_decay = lr_decay,
                weight_decay = weight_decay,
                initial_accumulator_value = initial_accumulator_value,
                eps = eps,
            };
            foreach (var group in parameters) add_param_group(group);
        }

        /// <inheritdoc/>
        public override void add_param_group(Modules.ParamGroup param_group)
        {
            var (options, defaults) = ((Options)(param_group.Options ??= new Options()), (Options)_defaults);
            options.LearningRate ??= defaults.LearningRate;
            options.lr_decay ??= defaults.lr_decay;
            options.weight_decay ??= defaults.weight_decay;
            options.initial_accumulator_value ??= defaults.initial_accumulator_value;
            options.eps ??= defaults.eps;
            Add(param_group, parameter => new State(parameter));
        }

        /// <inheritdoc/>
        public override Tensor? step(Func<Tensor>? closure = null) => _step<ParamGroup>(group =>
        {
            var options = group.Options!;
            foreach (var parameter in group.Parameters)
            {
                if (parameter.grad is not { } gradient) continue;
                var state = (State)_state[parameter.Handle];
                state.step++;
                if (options.weight_decay != 0) gradient = gradient.add(parameter, options.weight_decay!.Value);
                var rate = options.LearningRate!.Value / (1 + (state.step - 1) * options.lr_decay!.Value);
                state.sum.addcmul_(gradient, gradient, 1);
                parameter.addcdiv_(gradient, state.sum.sqrt().add_(options.eps!.Value), -rate);
            }
        }, closure);

        /// <summary>The sum of squared gradients of one parameter.</summary>
        /// <param name="parameter">The parameter.</param>
        public sealed class State(Parameter parameter) : OptimizerState(parameter), IDisposable
        {
            /// <summary>The number of steps so far.</summary>
            public long step;

            /// <summary>The sum of squared gradients.</summary>
            public Tensor sum = null!;

            /// <inheritdoc/>
            public override void Initialize(OptimizerOptions options)
            {
                sum?.Dispose();
                (step, sum) = (0, Fresh(((Options)options).initial_accumulator_value ?? 0));
            }

            /// <inheritdoc/>
            public override void SaveStateDict(BinaryWriter writer)
            {
                writer.Write(step);
                sum.Save(writer);
            }

            /// <inheritdoc/>
            public override void LoadStateDict(BinaryReader reader)
            {
                step = reader.ReadInt64();
                sum.Load(reader);
            }

            /// <inheritdoc/>
            public override void LoadStateDict(OptimizerState source)
            {
                var other = (State)source;
                sum.Dispose();
                (step, sum) = (other.step, Copy(other.sum)!);
            }

            /// <summary>Releases the sum.</summary>
            public void Dispose() => sum?.Dispose();
        }

        /// <summary>The options of a group.</summary>
        public class Options : OptimizerOptions
        {
            /// <summary>How fast the rate falls with the steps.</summary>
            public double? lr_decay;

            /// <summary>The sum of squares at the start.</summary>
            public double? initial_accumulator_value;

            /// <summary>Added to the root of the sum.</summary>
            public double? eps;

            /// <summary>The weight decay.</summary>
            public double? weight_decay;

            /// <inheritdoc/>
            public override void SaveStateDict(BinaryWriter writer)
            {
                base.SaveStateDict(writer);
                foreach (var number in new[] { lr_decay, initial_accumulator_value, eps, weight_decay }) writer.Write(number!.Value);
            }

            /// <inheritdoc/>
            public override void LoadStateDict(BinaryReader reader)
            {
                base.LoadStateDict(reader);
                (lr_decay, initial_accumulator_value, eps, weight_decay) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
            }

            /// <inheritdoc/>
            public override void LoadStateDict(OptimizerOptions source)
            {
                base.LoadStateDict(source);
                var other = (Options)source;
                (lr_decay, initial_accumulator_value, eps, weight_decay) = (other.lr_decay, other.initial_accumulator_value, other.eps, other.weight_decay);
            }
        }

        /// <summary>Parameters with options of their own.</summary>
        public class ParamGroup : ParamGroup<Options>
        {
            /// <summary>A group to be filled.</summary>
            public ParamGroup() { }

            /// <summary>A group whose unset options come from the optimizer.</summary>
            public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options) { }
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <summary>Gradient descent with a rate that falls with the sum of squared gradients.</summary>
            public static Adagrad Adagrad(
                IEnumerable<Parameter> parameters, double lr = 1e-2, double lr_decay = 0, double weight_decay = 0, double initial_accumulator_value = 0,
                double eps = 1e-10) => new(parameters, lr, lr_decay, weight_decay, initial_accumulator_value, eps);

            /// <inheritdoc cref="Adagrad(IEnumerable{Parameter}, double, double, double, double, double)"/>
            public static Adagrad Adagrad(
                IEnumerable<Adagrad.ParamGroup> parameters, double lr = 1e-2, double lr_decay = 0, double weight_decay = 0,
                double initial_accumulator_value = 0, double eps = 1e-10) => new(parameters, lr, lr_decay, weight_decay, initial_accumulator_value, eps);
        }
    }
}
