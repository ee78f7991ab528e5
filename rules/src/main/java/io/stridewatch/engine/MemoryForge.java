package io.stridewatch.engine;

import com.espertech.esper.common.client.hook.aggfunc.AggregationFunction;
import com.espertech.esper.common.client.hook.aggfunc.AggregationFunctionFactory;
import com.espertech.esper.common.client.hook.aggfunc.AggregationFunctionFactoryContext;
import com.espertech.esper.common.client.hook.aggfunc.AggregationFunctionForge;
import com.espertech.esper.common.client.hook.aggfunc.AggregationFunctionMode;
import com.espertech.esper.common.client.hook.aggfunc.AggregationFunctionModeManaged;
import com.espertech.esper.common.client.hook.aggfunc.AggregationFunctionValidationContext;
import com.espertech.esper.common.client.hook.forgeinject.InjectionStrategyClassNewInstance;
import com.espertech.esper.common.client.type.EPTypeClass;

/**
 * Makes {@link Tally} and {@link Chain} aggregation functions of EPL: {@code tally(match)}, {@code
 * chain(match)}. Esper tells them what enters and leaves the window of a group, and forgets them
 * when the window is empty. Public because Esper makes it by name.
 */
public final class MemoryForge implements AggregationFunctionForge {
  static final String TALLY = "tally";
  static final String CHAIN = "chain";
  private String name;

  @Override
  public void setFunctionName(String functionName) {
    this.name = functionName;
  }

  @Override
  public void validate(AggregationFunctionValidationContext context) {
    if (context.getParameterTypes().length != 1) {
      throw new IllegalArgumentException(name + " takes the match, and nothing else");
    }
  }

  @Override
  public EPTypeClass getValueType() {
    return new EPTypeClass(name.equals(TALLY) ? Tally.class : Chain.class);
  }

  @Override
  public AggregationFunctionMode getAggregationFunctionMode() {
    Class<?> factory = name.equals(TALLY) ? OfTally.class : OfChain.class;
    return new AggregationFunctionModeManaged()
        .setInjectionStrategyAggregationFunctionFactory(
            new InjectionStrategyClassNewInstance(factory));
  }

  /** Makes tallies. */
  public static final class OfTally implements AggregationFunctionFactory {
    @Override
    public AggregationFunction newAggregator(AggregationFunctionFactoryContext context) {
      Tally tally = new Tally();
      return new AggregationFunction() {
        @Override
        public void enter(Object match) {
          tally.enter((Match) match);
        }

        @Override
        public void leave(Object match) {
          tally.leave((Match) match);
        }

        @Override
        public Object getValue() {
          return tally;
        }

        @Override
        public void clear() {
          throw new UnsupportedOperationException("no statement of ours clears");
        }
      };
    }
  }

  /** Makes chains. */
  public static final class OfChain implements AggregationFunctionFactory {
    @Override
    public AggregationFunction newAggregator(AggregationFunctionFactoryContext context) {
      Chain chain = new Chain();
      return new AggregationFunction() {
        @Override
        public void enter(Object match) {
          chain.enter((Match) match);
        }

        @Override
        public void leave(Object match) {
          chain.leave((Match) match);
        }

        @Override
        public Object getValue() {
          return chain;
        }

        @Override
        public void clear() {
          throw new UnsupportedOperationException("no statement of ours clears");
        }
      };
    }
  }
}
